import type { Move } from './move.ts';
import { networkOf } from './network.ts';
import type { Problem } from './problem.ts';

/** How a cell may be used: not at all, freely since it is hidden, or at a price since it would have to be. */
export type Use = 'not' | 'free' | 'priced';

export interface Walk {
  readonly target: number;
  readonly by: number;
  readonly knows: readonly number[];
  readonly use: (cell: number) => Use;
  /** What the use of a priced cell costs, in units of a row's imbalance. */
  readonly price: (cell: number) => number;
  /** Figures that are hidden bind nothing any more. */
  readonly dropped: ReadonlySet<string>;
}

export interface Walker {
  /** A move that shifts the target as asked, if the walk gets there; another try takes other turns. */
  seek(walk: Walk, attempt: number): Move | undefined;
  /** Steps taken so far. */
  readonly steps: () => number;
}

/** A walk that has not ended by then has lost its way. */
const LONGEST = 200;
/** How much more a row weighs each time that it has to be mended. */
const HEAVIER = 1;

/**
 * Looks for another possible table without solving a model: moves the target, then mends one broken row after the
 * other by moving the cell of it that breaks least elsewhere. Most moves of a large component are found so, at a
 * thousandth of what a model costs; where the walk fails, nothing is concluded from it.
 */
export function openWalker(problem: Problem): Walker {
  const net = networkOf(problem);
  const cells = problem.ids.length;
  const rows = problem.rows.length;
  const moved = new Int32Array(cells);
  const sums = new Float64Array(rows);
  const known = new Uint8Array(cells);
  const place = new Int32Array(rows).fill(-1);
  /** Rows that broke before weigh more, so that the walk does not go round in a circle. */
  const burden = new Float64Array(rows).fill(1);
  const broken: number[] = [];
  const used: number[] = [];
  const usedRows: number[] = [];
  let unbound: Uint8Array | undefined;
  let unboundFor: ReadonlySet<string> | undefined;
  let unboundSize = -1;
  let steps = 0;

  const lack = (row: number, sum: number): number => {
    if (unbound?.[row] === 1) return 0;
    const lo = net.lo[row] as number;
    if (sum < lo) return lo - sum;
    const hi = net.hi[row] as number;
    return sum > hi ? hi - sum : 0;
  };
  const shift = (cell: number, by: number): void => {
    if (moved[cell] === 0) used.push(cell);
    moved[cell] = (moved[cell] as number) + by;
    for (let k = net.ofCell[cell] as number; k < (net.ofCell[cell + 1] as number); k++) {
      const row = net.row[k] as number;
      if (sums[row] === 0) usedRows.push(row);
      sums[row] = (sums[row] as number) + (net.weight[k] as number) * by;
      const isBroken = lack(row, sums[row]) !== 0;
      const at = place[row] as number;
      if (isBroken && at < 0) {
        place[row] = broken.length;
        broken.push(row);
      } else if (!isBroken && at >= 0) {
        const last = broken.pop() as number;
        if (last !== row) {
          broken[at] = last;
          place[last] = at;
        }
        place[row] = -1;
      }
    }
  };
  /** How much more is broken when the cell moves. */
  const harm = (cell: number, by: number): number => {
    let sum = 0;
    for (let k = net.ofCell[cell] as number; k < (net.ofCell[cell + 1] as number); k++) {
      const row = net.row[k] as number;
      const now = sums[row] as number;
      sum +=
        (burden[row] as number) *
        (Math.abs(lack(row, now + (net.weight[k] as number) * by)) - Math.abs(lack(row, now)));
    }
    return sum;
  };
  const begin = ({ knows, dropped }: Walk): void => {
    if (dropped !== unboundFor || dropped.size !== unboundSize) {
      unboundFor = dropped;
      unboundSize = dropped.size;
      unbound =
        dropped.size === 0
          ? undefined
          : Uint8Array.from(problem.rows, ({ figure }) =>
              figure !== undefined && dropped.has(figure) ? 1 : 0,
            );
    }
    for (const cell of knows) known[cell] = 1;
  };
  const end = ({ knows }: Walk): void => {
    for (const cell of used) {
      moved[cell] = 0;
    }
    for (const row of usedRows) {
      sums[row] = 0;
      burden[row] = 1;
    }
    for (const row of broken) place[row] = -1;
    for (const cell of knows) known[cell] = 0;
    used.length = usedRows.length = broken.length = 0;
  };
  /** The cell of a broken row that mends it at the least harm elsewhere. */
  const mend = (walk: Walk, row: number, turn: () => number): boolean => {
    const need = lack(row, sums[row] as number);
    let best = -1;
    let bestBy = 0;
    let bestHarm = Infinity;
    for (let k = net.ofRow[row] as number; k < (net.ofRow[row + 1] as number); k++) {
      const cell = net.cell[k] as number;
      if (cell === walk.target || known[cell] === 1) continue;
      const use = walk.use(cell);
      if (use === 'not') continue;
      const exact = need / (net.coefficient[k] as number);
      const whole = exact > 0 ? Math.ceil(exact) : Math.floor(exact);
      const at = (problem.values[cell] as number) + (moved[cell] as number);
      const by = Math.max(whole, Math.min(0, (problem.floors[cell] as number) - at));
      if (by === 0) continue;
      const fresh = moved[cell] === 0;
      const price = fresh && use === 'priced' ? walk.price(cell) : 0;
      const total = harm(cell, by) + price + (fresh ? 0.3 : 0) + turn();
      if (total >= bestHarm) continue;
      best = cell;
      bestBy = by;
      bestHarm = total;
    }
    if (best < 0) return false;
    shift(best, bestBy);
    burden[row] = (burden[row] as number) + HEAVIER;
    return true;
  };

  return {
    steps: () => steps,
    seek(walk, attempt) {
      begin(walk);
      const random = turns(walk.target * 31 + walk.by * 7 + attempt * 101);
      // The first try takes the best turn each time, others stray more and more.
      const stray = attempt === 0 ? 0.01 : 2 * attempt;
      const turn = (): number => stray * random();
      try {
        shift(walk.target, walk.by);
        for (let step = 1; step <= LONGEST && broken.length > 0; step++) {
          steps++;
          const at = attempt === 0 ? broken.length - 1 : Math.floor(random() * broken.length);
          if (!mend(walk, broken[at] as number, turn)) return undefined;
        }
        if (broken.length > 0) return undefined;
        const touched = used.filter((cell, at) => moved[cell] !== 0 && used.indexOf(cell) === at);
        return { cells: touched, by: touched.map((cell) => moved[cell] as number) };
      } finally {
        end(walk);
      }
    },
  };
}

/** Numbers from 0 to 1 that are the same on every machine. */
function turns(seed: number): () => number {
  let state = (Math.abs(seed) % 2_147_483_646) + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
