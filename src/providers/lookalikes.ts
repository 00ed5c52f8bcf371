/** Entries that may be the same program written twice. They are proposed to somebody, and never joined here. */
import { alike, isSlip, plainName, plainPhone, plainStreet } from './names.ts';
import { countiesOf, type ProgramSaid } from './program.ts';

export type Because = 'name' | 'phone' | 'address';

export interface Lookalike<Entry> {
  readonly entry: Entry;
  readonly because: readonly Because[];
}

const SAME_PROVIDER = 0.75;
const SAME_PROGRAM = 0.8;
/** With a number or an address in common, less will do. */
const PERHAPS_PROGRAM = 0.75;
/** What more entries share tells none of them from the others. */
const COMMON = 60;

interface Known<Entry> {
  readonly entry: Entry;
  readonly words: readonly string[];
  readonly program: string;
  readonly phone: string | undefined;
  readonly address: string | undefined;
  readonly counties: readonly string[];
}

export interface Lookout<Entry extends ProgramSaid> {
  add(entry: Entry): void;
  /** The entry that looks most alike, if any does. */
  find(said: ProgramSaid): Lookalike<Entry> | undefined;
}

export function openLookout<Entry extends ProgramSaid>(entries: Iterable<Entry>): Lookout<Entry> {
  const byKey = new Map<string, Known<Entry>[]>();
  const uses = new Map<string, number>();
  const add = (entry: Entry): void => {
    const known = knownOf(entry);
    for (const word of known.words) uses.set(word, (uses.get(word) ?? 0) + 1);
    for (const key of keysOf(known)) {
      const list = byKey.get(key);
      if (list === undefined) byKey.set(key, [known]);
      else list.push(known);
    }
  };
  for (const entry of entries) add(entry);
  return {
    add,
    find(said) {
      const asked = knownOf(said);
      let best: { found: Lookalike<Entry>; score: number } | undefined;
      const seen = new Set<Known<Entry>>();
      for (const key of keysOf(asked)) {
        const list = byKey.get(key) ?? [];
        if (list.length > COMMON) continue;
        for (const other of list) {
          if (seen.has(other)) continue;
          seen.add(other);
          const because = becauseOf(asked, other, uses);
          if (because.length > (best?.score ?? 0))
            best = { found: { entry: other.entry, because }, score: because.length };
        }
      }
      return best?.found;
    },
  };
}

function becauseOf(a: Known<unknown>, b: Known<unknown>, uses: ReadonlyMap<string, number>): Because[] {
  const near = a.counties.some((county) => b.counties.includes(county));
  const phone = a.phone !== undefined && a.phone === b.phone;
  const address = a.address !== undefined && a.address === b.address;
  // Names are compared last, since that takes longest.
  if (!near && !phone && !address) return [];
  const program = alike(a.program, b.program);
  if (program < PERHAPS_PROGRAM) return [];
  const because: Because[] = [];
  if (program >= SAME_PROGRAM && near && providersAlike(a.words, b.words, uses) >= SAME_PROVIDER)
    because.push('name');
  if (phone) because.push('phone');
  if (address) because.push('address');
  return because;
}

/** The share of two names that is the same, rare words counting for more: every second one is an alliance or a center. */
function providersAlike(
  a: readonly string[],
  b: readonly string[],
  uses: ReadonlyMap<string, number>,
): number {
  return Math.min(covered(a, b, uses), covered(b, a, uses));
}

function covered(words: readonly string[], by: readonly string[], uses: ReadonlyMap<string, number>): number {
  let same = 0;
  let all = 0;
  for (const word of words) {
    const weight = 1 / Math.max(1, uses.get(word) ?? 1);
    all += weight;
    same += weight * nearest(word, by);
  }
  return all === 0 ? 0 : same / all;
}

function nearest(word: string, among: readonly string[]): number {
  if (among.includes(word)) return 1;
  return among.some((other) => isSlip(word, other)) ? 0.9 : 0;
}

function knownOf<Entry extends ProgramSaid>(entry: Entry): Known<Entry> {
  const address = entry.place.kind === 'open' ? entry.place.address : undefined;
  return {
    entry,
    words: [...new Set(plainName(entry.provider).split(' '))],
    program: plainName(entry.name),
    phone: plainPhone(entry.contact.phone),
    address: address === undefined ? undefined : `${plainStreet(address.street)} ${plainName(address.city)}`,
    counties: countiesOf(entry.place),
  };
}

/** By how its words begin, since a mistake seldom stands there. */
function keysOf({ words, phone, address }: Known<unknown>): string[] {
  return [
    ...new Set(words.filter((word) => word.length > 2).map((word) => `word ${word.slice(0, 4)}`)),
    ...(phone === undefined ? [] : [`phone ${phone}`]),
    ...(address === undefined ? [] : [`address ${address}`]),
  ];
}
