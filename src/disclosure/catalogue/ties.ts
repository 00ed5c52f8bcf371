import { Refused } from '../../errors.ts';
import type { AtMost, Cell, Equation } from '../table.ts';
import type { Line } from './lines.ts';

/** What ties the cells together, gathered line by line, with the differences that are counts to protect themselves. */
export interface Ties {
  readonly cells: Map<string, Cell>;
  readonly eqs: Map<string, Equation>;
  readonly atMost: Map<string, AtMost>;
  readonly threshold: number;
  /** The cell of a number, whichever quantity's name it goes by: two names for one difference would be two cells. */
  readonly known: (id: string) => Known | undefined;
}

interface Known {
  readonly id: string;
  readonly v: number;
}

export function newTies(
  cells: ReadonlyMap<string, Cell>,
  same: readonly (readonly [one: string, other: string])[],
  threshold: number,
): Ties {
  const first = new Map(same.map(([one, other]) => [other, one]));
  return {
    cells: new Map(),
    eqs: new Map(),
    atMost: new Map(),
    threshold,
    known: (id) => cells.get(first.get(id) ?? id),
  };
}

/**
 * A part and the whole that it is a part of. Those who are in the whole and not in the part are young people too:
 * where they are few, their number is protected and answered; otherwise it is enough that a reader knows which is larger.
 */
export function tiePart(ties: Ties, partId: string, wholeId: string): string | undefined {
  const [part, whole] = [cellOf(ties, partId), cellOf(ties, wholeId)];
  if (part.id === whole.id) return undefined;
  const rest = whole.v - part.v;
  if (rest < 0)
    throw new Refused('PART_ABOVE_WHOLE', `the candidate's ${part.id} is larger than ${whole.id}`, {
      remedy: 'a part cannot exceed what it is a part of: correct the metric and measure again',
    });
  if (rest === 0 || rest >= ties.threshold) {
    ties.atMost.set(`${part.id} ≤ ${whole.id}`, [[part.id], [whole.id]]);
    return undefined;
  }
  const id = `${whole.id} − ${part.id}`;
  ties.cells.set(id, withheld(id, rest));
  ties.eqs.set(id, [whole.id, [part.id, id]]);
  return id;
}

/** A line that adds up is an equation. One that does not, since somebody may be in several parts, bounds its total. */
export function tieLine(
  ties: Ties,
  line: Line,
  { addsUp, mayBeOpen }: { addsUp: boolean; mayBeOpen: boolean },
): void {
  const whole = cellOf(ties, line.total);
  const cells = line.parts.map((part) => cellOf(ties, part));
  const parts = cells.map(({ id }) => id);
  const sum = cells.reduce((so, { v }) => so + v, 0);
  const key = `${whole.id} = ${parts.join(' + ')}`;
  if (addsUp && sum === whole.v) {
    ties.eqs.set(key, [whole.id, parts]);
    return;
  }
  if (addsUp && sum < whole.v && mayBeOpen) {
    const id = `${whole.id} − (${parts.length} ${line.along} ${parts[0]})`;
    ties.cells.set(id, withheld(id, whole.v - sum));
    ties.eqs.set(key, [whole.id, [...parts, id]]);
    return;
  }
  if (addsUp)
    throw new Refused(
      'TABLE_DOES_NOT_ADD_UP',
      `rule Q601: the candidate's ${whole.id} is not the sum of its parts`,
      {
        remedy:
          'the metric is declared additive: correct it, or declare that young people may be in several cells',
      },
    );
  for (const part of parts) tiePart(ties, part, whole.id);
  if (sum >= whole.v) tieOverlap(ties, key, whole, parts, sum);
}

/** How often somebody is in several parts is a count as well. */
function tieOverlap(ties: Ties, key: string, total: Known, parts: readonly string[], sum: number): void {
  const over = sum - total.v;
  if (over === 0 || over >= ties.threshold) {
    ties.atMost.set(key, [[total.id], parts]);
    return;
  }
  // One total has several lines, none of which begins as another does.
  const [all, overlap] = [`Σ ${total.id} ∋ ${parts[0]}`, `∩ ${total.id} ∋ ${parts[0]}`];
  ties.cells.set(all, { ...withheld(all, sum), magnitude: true });
  ties.cells.set(overlap, withheld(overlap, over));
  ties.eqs.set(all, [all, parts]);
  ties.eqs.set(overlap, [all, [total.id, overlap]]);
  // Whoever is counted twice is in some part besides any one of them: of two parts, in either.
  const filled = parts.filter((part) => cellOf(ties, part).v > 0);
  if (filled.length <= FEW_PARTS)
    for (const one of filled)
      ties.atMost.set(`${overlap} ≤ all but ${one}`, [[overlap], parts.filter((part) => part !== one)]);
}

/** Of more parts nobody can say as much. */
const FEW_PARTS = 3;

function cellOf(ties: Ties, id: string): Known {
  const cell = ties.known(id);
  if (cell === undefined) throw new Error(`no cell ${id}`);
  return cell;
}

function withheld(id: string, v: number): Cell {
  return { id, v, withheld: true, nonzero: false, fixed: false, magnitude: false, weight: 0 };
}
