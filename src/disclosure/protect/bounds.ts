import { networkOf } from './network.ts';
import { isOwedAgainst, type Problem } from './problem.ts';

/**
 * Obligations that fail for a plain reason: from row to row, what a reader knows bounds the cell too closely, whatever else is
 * hidden. Seen at once, without solving anything; what is not seen so may be impossible all the same.
 */
export function plainlyImpossible(problem: Problem): number[] {
  const bounds = openBounds(problem);
  const failed = new Set<number>();
  const obligationsOf = Map.groupBy(problem.obligations.keys(), (one) => problem.obligations[one]?.cell ?? 0);
  for (const reader of problem.attackers) {
    // Whoever knows nothing is the first: what follows for them follows for everybody.
    for (const cell of bounds.know(reader.knows))
      for (const one of obligationsOf.get(cell) ?? []) {
        const owed = problem.obligations[one] as Problem['obligations'][number];
        if (!bounds.allow(cell, owed.move) && isOwedAgainst(problem, owed, reader)) failed.add(one);
      }
    if (reader.knows.length > 0) bounds.forget();
  }
  return [...failed].toSorted((a, b) => a - b);
}

/** How far each cell can move at most, either way, as far as one row after the other tells. */
interface Bounds {
  /** Holds these cells where they are and follows what that says of others; the cells whose bounds it changed. */
  know(cells: readonly number[]): Iterable<number>;
  forget(): void;
  allow(cell: number, move: number | 'any'): boolean;
}

/** Bounds may creep towards each other by ones: whenever this is broken off, they hold. */
const VISITS = 40;

function openBounds(problem: Problem): Bounds {
  const net = networkOf(problem);
  const least = Float64Array.from(problem.values, (v, cell) => (problem.floors[cell] as number) - v);
  const most = new Float64Array(problem.ids.length).fill(Infinity);
  const waiting = new Uint8Array(problem.rows.length);
  let queue: number[] = [];
  let before = new Map<number, readonly [least: number, most: number]>();

  const wake = (cell: number): void => {
    for (let k = net.ofCell[cell] as number; k < (net.ofCell[cell + 1] as number); k++) {
      const row = net.row[k] as number;
      // A figure may be hidden, and binds nothing then.
      if (waiting[row] === 1 || problem.rows[row]?.figure !== undefined) continue;
      waiting[row] = 1;
      queue.push(row);
    }
  };
  const narrow = (cell: number, lo: number, hi: number): void => {
    const [from, to] = [least[cell] as number, most[cell] as number];
    if (lo <= from && hi >= to) return;
    if (!before.has(cell)) before.set(cell, [from, to]);
    least[cell] = Math.max(from, lo);
    most[cell] = Math.min(to, hi);
    wake(cell);
  };
  /** What one row says of each of its cells, the others being within their bounds. */
  const read = (row: number): void => {
    const [from, to] = [net.ofRow[row] as number, net.ofRow[row + 1] as number];
    const sum = { least: 0, most: 0, endless: 0, endlessDown: 0 };
    const term = (k: number): readonly [number, number] => {
      const by = net.coefficient[k] as number;
      const cell = net.cell[k] as number;
      const ends = [by * (least[cell] as number), by * (most[cell] as number)] as const;
      return by > 0 ? ends : [ends[1], ends[0]];
    };
    for (let k = from; k < to; k++) {
      const [lo, hi] = term(k);
      if (lo === -Infinity) sum.endlessDown++;
      else sum.least += lo;
      if (hi === Infinity) sum.endless++;
      else sum.most += hi;
    }
    if (sum.endless > 1 && sum.endlessDown > 1) return;
    for (let k = from; k < to; k++) {
      const [lo, hi] = term(k);
      const others = {
        least:
          sum.endlessDown > (lo === -Infinity ? 1 : 0) ? -Infinity : sum.least - (lo === -Infinity ? 0 : lo),
        most: sum.endless > (hi === Infinity ? 1 : 0) ? Infinity : sum.most - (hi === Infinity ? 0 : hi),
      };
      const by = net.coefficient[k] as number;
      const ends = [
        ((net.lo[row] as number) - others.most) / by,
        ((net.hi[row] as number) - others.least) / by,
      ];
      const [down = 0, up = 0] = by > 0 ? ends : ends.toReversed();
      narrow(net.cell[k] as number, Math.ceil(down - 1e-6), Math.floor(up + 1e-6));
    }
  };
  const settle = (): void => {
    let left = VISITS * problem.rows.length;
    for (let at = 0; at < queue.length && left > 0; at++, left--) {
      const row = queue[at] as number;
      waiting[row] = 0;
      read(row);
    }
    waiting.fill(0);
    queue = [];
  };

  for (const cell of problem.ids.keys()) wake(cell);
  settle();
  before = new Map();

  return {
    know(cells) {
      if (cells.length === 0) return problem.ids.keys();
      for (const cell of cells) narrow(cell, 0, 0);
      settle();
      return before.keys();
    },
    forget() {
      for (const [cell, [lo, hi]] of before) {
        least[cell] = lo;
        most[cell] = hi;
      }
      before = new Map();
    },
    allow(cell, move) {
      const [lo, hi] = [least[cell] as number, most[cell] as number];
      return move === 'any' ? lo < 0 || hi > 0 : lo <= move && move <= hi;
    },
  };
}
