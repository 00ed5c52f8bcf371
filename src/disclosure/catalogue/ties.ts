import { Refused } from '../../errors.ts';
import type { AtMost, Cell, Equation } from '../table.ts';
import type { Line } from './lines.ts';

/** What ties the cells together, gathered line by line, with the differences that are counts to protect themselves. */
export interface Ties {
  readonly cells: Map<string, Cell>;
  readonly eqs: Map<string, Equation>;
  readonly atMost: Map<string, AtMost>;
  readonly threshold: number;
}

interface Known {
  readonly id: string;
  readonly v: number;
}

/**
 * A part and the whole that it is a part of. Those who are in the whole and not in the part are young people too:
 * where they are few, their number is protected; otherwise it is enough that a reader knows which is larger.
 */
export function tiePart(ties: Ties, part: Known, whole: Known): void {
  if (part.id === whole.id) return;
  const rest = whole.v - part.v;
  if (rest < 0)
    throw new Refused('PART_ABOVE_WHOLE', `the candidate's ${part.id} is larger than ${whole.id}`, {
      remedy: 'a part cannot exceed what it is a part of: correct the metric and measure again',
    });
  if (rest === 0 || rest >= ties.threshold) {
    ties.atMost.set(`${part.id} ≤ ${whole.id}`, [[part.id], [whole.id]]);
    return;
  }
  const id = `${whole.id} − ${part.id}`;
  ties.cells.set(id, withheld(id, rest));
  ties.eqs.set(id, [whole.id, [part.id, id]]);
}

/** A line that adds up is an equation. One that does not, since somebody may be in several parts, bounds its total. */
export function tieLine(
  ties: Ties,
  { total, parts, along }: Line,
  values: ReadonlyMap<string, number>,
  { addsUp, mayBeOpen }: { addsUp: boolean; mayBeOpen: boolean },
): void {
  const whole = { id: total, v: values.get(total) as number };
  const sum = parts.reduce((so, part) => so + (values.get(part) as number), 0);
  const key = `${total} = ${parts.join(' + ')}`;
  if (addsUp && sum === whole.v) {
    ties.eqs.set(key, [total, parts]);
    return;
  }
  if (addsUp && sum < whole.v && mayBeOpen) {
    const id = `${total} − (${parts.length} ${along})`;
    ties.cells.set(id, withheld(id, whole.v - sum));
    ties.eqs.set(key, [total, [...parts, id]]);
    return;
  }
  if (addsUp)
    throw new Refused(
      'TABLE_DOES_NOT_ADD_UP',
      `rule Q601: the candidate's ${total} is not the sum of its parts`,
      {
        remedy:
          'the metric is declared additive: correct it, or declare that young people may be in several cells',
      },
    );
  for (const part of parts) tiePart(ties, { id: part, v: values.get(part) as number }, whole);
  if (sum >= whole.v) tieOverlap(ties, key, whole, parts, sum);
}

/** How often somebody is in several parts is a count as well. */
function tieOverlap(ties: Ties, key: string, total: Known, parts: readonly string[], sum: number): void {
  const over = sum - total.v;
  if (over === 0 || over >= ties.threshold) {
    ties.atMost.set(key, [[total.id], parts]);
    return;
  }
  const [all, overlap] = [`Σ ${total.id} ${parts.length}`, `∩ ${total.id} ${parts.length}`];
  ties.cells.set(all, { ...withheld(all, sum), magnitude: true });
  ties.cells.set(overlap, withheld(overlap, over));
  ties.eqs.set(all, [all, parts]);
  ties.eqs.set(overlap, [all, [total.id, overlap]]);
}

function withheld(id: string, v: number): Cell {
  return { id, v, withheld: true, nonzero: false, fixed: false, magnitude: false, weight: 0 };
}
