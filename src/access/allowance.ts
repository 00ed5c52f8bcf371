/**
 * How much a reader may ask: by what questions cost, for a person and for the network that they come from, and apart from that how many
 * different tables. Held in memory, and bounded; a hub that starts anew forgets it.
 */
import { Refused } from '../errors.ts';
import type { Reader } from './reader.ts';

export interface Allowance {
  /** Throws when it is too much for now. */
  spend(reader: Reader, network: string, cost: number): void;
  /** Each different table counts once an hour. */
  readTable(reader: Reader, network: string, table: string): void;
}

export interface AllowanceTerms {
  /** For one person, or for all who come from one network without signing in. */
  readonly costPerMinute: number;
  readonly tablesPerHour: number;
}

/** Many people come from one network. */
const PEOPLE_OF_A_NETWORK = 20;
const HOUR_MS = 3_600_000;
const mostRemembered = 50_000;

export function openAllowance(terms: AllowanceTerms, now: () => number = Date.now): Allowance {
  const spent = new Map<string, { level: number; at: number }>();
  const tables = new Map<string, { read: Set<string>; since: number }>();
  const draw = (key: string, cost: number, perMinute: number): boolean => {
    const at = now();
    const before = spent.get(key) ?? { level: 0, at };
    const level = Math.max(0, before.level - ((at - before.at) * perMinute) / 60_000);
    const fits = level + cost <= perMinute;
    remember(spent, key, { level: fits ? level + cost : level, at });
    return fits;
  };
  return {
    spend(reader, network, cost) {
      const own = draw(subjectOf(reader, network), cost, terms.costPerMinute);
      const all =
        reader.person === null ||
        draw(`everybody of ${network}`, cost, terms.costPerMinute * PEOPLE_OF_A_NETWORK);
      if (!own || !all) throw tooMuch('Ask again in a minute.');
    },
    readTable(reader, network, table) {
      const key = subjectOf(reader, network);
      const known = tables.get(key);
      const current =
        known === undefined || now() - known.since > HOUR_MS
          ? { read: new Set<string>(), since: now() }
          : known;
      if (current.read.size >= terms.tablesPerHour && !current.read.has(table))
        throw tooMuch('Ask again in an hour; a table that was read already can be read again.');
      current.read.add(table);
      remember(tables, key, current);
    },
  };
}

function subjectOf({ person }: Reader, network: string): string {
  return person === null ? `network ${network}` : `person ${person}`;
}

/** Those that were not seen for the longest are forgotten first. */
function remember<T>(all: Map<string, T>, key: string, value: T): void {
  all.delete(key);
  all.set(key, value);
  if (all.size > mostRemembered) all.delete(all.keys().next().value ?? '');
}

function tooMuch(remedy: string): Refused {
  return new Refused('TOO_MUCH', 'Too much was asked in too short a time.', { remedy });
}
