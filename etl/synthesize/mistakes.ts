import { nicknames } from './names/nicknames.ts';
import type { Stream } from './stream.ts';

/** What people at keyboards and counters do to a name. Each answers the value unchanged where it does not apply. */

const NEIGHBOURS: Readonly<Record<string, string>> = {
  a: 'sq',
  b: 'vn',
  c: 'xv',
  d: 'sf',
  e: 'wr',
  f: 'dg',
  g: 'fh',
  h: 'gj',
  i: 'uo',
  j: 'hk',
  k: 'jl',
  l: 'k',
  m: 'n',
  n: 'bm',
  o: 'ip',
  p: 'o',
  q: 'wa',
  r: 'et',
  s: 'ad',
  t: 'ry',
  u: 'yi',
  v: 'cb',
  w: 'qe',
  x: 'zc',
  y: 'tu',
  z: 'x',
};

const SOUNDS: readonly (readonly [string, string])[] = [
  ['ph', 'f'],
  ['ck', 'k'],
  ['z', 's'],
  ['y', 'i'],
  ['ie', 'y'],
  ['v', 'b'],
  ['ll', 'y'],
  ['c', 'k'],
  ['s', 'z'],
  ['ei', 'i'],
  ['gu', 'w'],
  ['x', 'j'],
  ['h', ''],
  ['nn', 'n'],
  ['ee', 'i'],
  ['ou', 'u'],
];

export function typed(value: string, stream: Stream): string {
  if (value.length < 3) return value;
  const at = stream.between(1, value.length - 1);
  switch (stream.below(4)) {
    case 0:
      return value.slice(0, at) + value.slice(at + 1);
    case 1:
      return value.slice(0, at) + value.charAt(at) + value.slice(at);
    case 2:
      return at + 1 < value.length
        ? value.slice(0, at) + value.charAt(at + 1) + value.charAt(at) + value.slice(at + 2)
        : value.slice(0, at - 1) + value.charAt(at) + value.charAt(at - 1);
    default: {
      const near = NEIGHBOURS[value.charAt(at).toLowerCase()];
      return near === undefined
        ? value
        : value.slice(0, at) + near.charAt(stream.below(near.length)) + value.slice(at + 1);
    }
  }
}

/** Spelled as it was heard. */
export function heard(value: string, stream: Stream): string {
  const lower = value.toLowerCase();
  const fitting = SOUNDS.filter(([from]) => lower.indexOf(from, 1) > 0);
  if (fitting.length === 0) return value;
  const [from, to] = stream.pick(fitting);
  const at = lower.indexOf(from, 1);
  return value.slice(0, at) + to + value.slice(at + from.length);
}

export function nickname(value: string, stream: Stream): string {
  const known = nicknames.get(value);
  return known === undefined ? value : stream.pick(known);
}

/** One of two surnames dropped, or their hyphen lost, or the two exchanged. */
export function halved(value: string, stream: Stream): string {
  const [first, second] = value.split(/[- ]/);
  if (first === undefined || second === undefined) return value;
  return stream.pick([first, second, `${first} ${second}`, `${first}${second}`, `${second} ${first}`]);
}

/** A number with one digit wrong, or two exchanged. */
export function miskeyed(value: string, stream: Stream): string {
  const places = value.split('').flatMap((character, i) => (/\d/.test(character) ? [i] : []));
  const at = stream.pick(places);
  const next = places[places.indexOf(at) + 1];
  if (next !== undefined && stream.below(2) === 0 && value[at] !== value[next]) {
    const characters = value.split('');
    [characters[at], characters[next]] = [value.charAt(next), value.charAt(at)];
    return characters.join('');
  }
  const digit = (Number(value[at]) + stream.between(1, 9)) % 10;
  return `${value.slice(0, at)}${digit}${value.slice(at + 1)}`;
}
