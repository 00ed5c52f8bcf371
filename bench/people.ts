import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';

/**
 * Made-up people for the benches: names of letters, frequent and rare ones as in life, and up to three records
 * of a person with the errors that records have. The same seed makes the same file.
 */
export const peopleHeader = [
  'person_id',
  'given_name',
  'surname',
  'birth_date',
  'sex',
  'postcode',
  'street',
  'truth',
] as const;

export async function writePeople(file: string, records: number, seed = 1): Promise<void> {
  const next = generator(seed);
  const given = names(2500, 3, 7, next);
  const surnames = names(40_000, 4, 9, next);
  const streets = names(1500, 4, 9, next);
  const stream = createWriteStream(file);
  const end = finished(stream);
  stream.write(`${peopleHeader.join(',')}\n`);
  let text = '';
  for (let record = 0, person = 0; record < records; person++) {
    const own = [
      given[skewed(given.length, next)] ?? '',
      surnames[skewed(surnames.length, next)] ?? '',
      birthDate(next),
      next(2) === 0 ? 'F' : 'M',
      String(90_001 + skewed(1700, next)),
      `${1 + next(9999)} ${streets[next(streets.length)]} st`,
    ];
    const copies = next(10) < 7 ? 1 : 2 + next(2);
    for (let copy = 0; copy < copies && record < records; copy++, record++) {
      const row = copy === 0 ? own : withErrors(own, next, given, streets);
      text += `${record},${row.join(',')},${person}\n`;
    }
    if (text.length > 1 << 18) {
      if (!stream.write(text)) await once(stream, 'drain');
      text = '';
    }
  }
  stream.end(text);
  await end;
}

type Next = (below: number) => number;

function generator(seed: number): Next {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** Low numbers far more often than high ones. */
function skewed(size: number, next: Next): number {
  return Math.floor(size * (next(1 << 20) / (1 << 20)) ** 2.5);
}

function names(count: number, shortest: number, longest: number, next: Next): string[] {
  const consonants = 'bcdfghjklmnprstvwz';
  const vowels = 'aeiou';
  const made = new Set<string>();
  while (made.size < count) {
    const length = shortest + next(longest - shortest + 1);
    let name = '';
    for (let i = 0; i < length; i++) {
      const letters = (i + made.size) % 2 === 0 ? consonants : vowels;
      name += letters.charAt(next(letters.length));
    }
    made.add(name);
  }
  return [...made];
}

function birthDate(next: Next): string {
  return new Date(Date.UTC(1985, 0, 1) + next(10_600) * 86_400_000).toISOString().slice(0, 10);
}

function withErrors(
  own: readonly string[],
  next: Next,
  given: readonly string[],
  streets: readonly string[],
): string[] {
  const chance = (percent: number): boolean => next(1000) < percent * 10;
  return own.map((value, field) => {
    if (chance(field === 3 ? 1 : 3)) return '';
    if (field <= 1 && chance(8)) return typo(value, next);
    if (field === 0 && chance(2)) return given[next(given.length)] ?? '';
    if (field === 2 && chance(3)) return digitTypo(value, next);
    if (field === 2 && chance(1)) return birthDate(next);
    if (field === 4 && chance(12)) return String(90_001 + next(1700));
    if (field === 5 && chance(20)) return `${1 + next(9999)} ${streets[next(streets.length)]} st`;
    if (field === 5 && chance(5)) return typo(value, next);
    return value;
  });
}

function typo(value: string, next: Next): string {
  const at = next(Math.max(1, value.length - 1));
  const letter = String.fromCharCode(97 + next(26));
  const kinds = [
    () => value.slice(0, at) + letter + value.slice(at + 1),
    () => value.slice(0, at) + value.slice(at + 1),
    () => value.slice(0, at) + letter + value.slice(at),
    () => value.slice(0, at) + value.charAt(at + 1) + value.charAt(at) + value.slice(at + 2),
  ];
  return (kinds[next(4)] as () => string)();
}

function digitTypo(date: string, next: Next): string {
  const [year = '', month = '', day = ''] = date.split('-');
  if (next(3) === 0 && Number(day) <= 12) return `${year}-${day}-${month}`;
  return `${year}-${month}-${String(1 + next(28)).padStart(2, '0')}`;
}
