import { type CaptureTable, captureTable, size } from './capture-table.ts';
import type { TwoLists } from './two-lists.ts';

/**
 * What linkage gets wrong: `recall` is the share of true links that were made, `precision` the share of made links
 * that are true. A missed link turns one person into two and the estimate upwards; a false link the other way.
 */
export interface LinkageQuality {
  readonly recall: number;
  readonly precision: number;
}

/** The two-list estimate with the overlap put right: n1 n2 r / (links p), Ding & Fienberg's in other symbols. */
export function correctedPetersen({ first, second, both }: TwoLists, quality: LinkageQuality): number {
  return (first * second * quality.recall) / (both * quality.precision);
}

/**
 * The table to expect when each record after a person's first (in the order of the lists) stays linked with
 * probability `kept` and otherwise passes for a person of its own.
 */
export function withLinksLost(table: CaptureTable, kept: number): CaptureTable {
  const counts = new Float64Array(table.counts.length);
  for (const { from, to, persons } of passages(table.lists.length, kept))
    counts[to]! += persons * table.counts[from]!;
  return captureTable(table.lists, counts);
}

interface Passage {
  readonly from: number;
  readonly to: number;
  /** Expected persons of history `to` that one person of history `from` turns into. */
  readonly persons: number;
}

function passages(lists: number, kept: number): Passage[] {
  const found: Passage[] = [];
  for (let from = 1; from < 1 << lists; from++) {
    const first = from & -from;
    const later = from ^ first;
    for (let stay = later; ; stay = (stay - 1) & later) {
      found.push({
        from,
        to: first | stay,
        persons: kept ** size(stay) * (1 - kept) ** (size(later) - size(stay)),
      });
      if (stay === 0) break;
    }
    for (let rest = later; rest !== 0; rest &= rest - 1)
      found.push({ from, to: rest & -rest, persons: 1 - kept });
  }
  return found;
}

/**
 * The table that best explains the observed one when links were lost: the maximum-likelihood solution of the linear
 * system by expectation-maximisation, which never gives a negative count as inverting the matrix can.
 */
export function withLinksRestored(table: CaptureTable, recall: number): CaptureTable {
  if (recall === 1) return table;
  const steps = passages(table.lists.length, recall);
  const total = new Float64Array(table.counts.length);
  for (const { from, persons } of steps) total[from]! += persons;
  let truth = table.counts.map((count, history) => (history === 0 ? 0 : Math.max(count, 1e-6)));
  for (let turn = 0; turn < 20_000; turn++) {
    const expected = new Float64Array(truth.length);
    for (const { from, to, persons } of steps) expected[to]! += persons * truth[from]!;
    const credit = new Float64Array(truth.length);
    for (const { from, to, persons } of steps)
      if (expected[to]! > 0) credit[from]! += (persons * table.counts[to]!) / expected[to]!;
    const next = truth.map((count, history) =>
      history === 0 ? 0 : (count * credit[history]!) / total[history]!,
    );
    const change = next.reduce((max, count, history) => Math.max(max, Math.abs(count - truth[history]!)), 0);
    truth = next;
    if (change < 1e-9) break;
  }
  return captureTable(
    table.lists,
    truth.map((count) => (count < 1e-6 ? 0 : count)),
  );
}

/** Undoes the false links, then the missed ones, both as shares measured by a clerical review. */
export function correctTable(table: CaptureTable, { recall, precision }: LinkageQuality): CaptureTable {
  return withLinksRestored(withLinksLost(table, precision), recall);
}
