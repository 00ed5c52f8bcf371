import { Refused } from '../errors.ts';
import { expectArray, expectId, expectIds, expectObject } from './reading.ts';
import type { Cell, Equation, Table } from './table.ts';

/** What an earlier release held, as the steward keeps it: each count as it was then, and whether it was hidden. */
export interface EarlierRelease {
  readonly release: string;
  readonly cells: readonly { readonly id: string; readonly v: number; readonly hidden: boolean }[];
  readonly eqs: readonly Equation[];
}

export function readEarlier(input: unknown): EarlierRelease[] {
  return expectArray(input, 'earlier').map((item) => {
    const source = expectObject(item, 'earlier');
    const release = expectId(source['release'], 'earlier');
    return {
      release,
      cells: expectArray(source['cells'], `earlier ${release}`).map((cell) => readEarlierCell(cell, release)),
      eqs: expectArray(source['eqs'] ?? [], `earlier ${release}`).map((eq) => {
        const pair = expectArray(eq, `earlier ${release}`);
        return [expectId(pair[0], `earlier ${release}`), expectIds(pair[1], `earlier ${release}`)] as const;
      }),
    };
  });
}

function readEarlierCell(input: unknown, release: string): EarlierRelease['cells'][number] {
  const source = expectObject(input, `earlier ${release}`);
  const id = expectId(source['id'], `earlier ${release}`);
  const v = source['v'];
  if (typeof v !== 'number' || !Number.isSafeInteger(v) || v < 0)
    throw new Refused('CELL_NOT_A_COUNT', `earlier ${release}: ${id} is no whole number from 0`);
  return { id, v, hidden: source['hidden'] === true };
}

/**
 * The table together with everything that was released before it. A count that has not changed is one and the
 * same unknown: where it was shown it is public for good. A count that has changed is a second unknown, tied to
 * the first by their difference, which is itself a count of young people that nobody may work out.
 */
export function withEarlier(table: Table, earlier: readonly EarlierRelease[]): Table {
  const cells = new Map<string, Cell>(table.cells.map((cell) => [cell.id, cell]));
  const eqs = new Map(table.eqs.map((eq) => [keyOf(eq), eq]));
  for (const release of earlier) {
    const names = new Map<string, string>();
    for (const then of release.cells) names.set(then.id, join(cells, eqs, release.release, then));
    for (const [total, parts] of release.eqs) {
      const named = (id: string): string => names.get(id) ?? missing(release.release, id);
      const eq = [named(total), parts.map(named)] as const;
      refuseWrongSum(release.release, total, eq, cells);
      eqs.set(keyOf(eq), eq);
    }
  }
  return { ...table, cells: [...cells.values()], eqs: [...eqs.values()] };
}

/** Adds one earlier count; returns the id under which it now stands. */
function join(
  cells: Map<string, Cell>,
  eqs: Map<string, Equation>,
  release: string,
  then: EarlierRelease['cells'][number],
): string {
  const now = cells.get(then.id);
  if (now !== undefined && now.v === then.v) {
    if (!then.hidden && !now.withheld) cells.set(then.id, { ...now, fixed: true });
    return then.id;
  }
  const id = `${then.id}@${release}`;
  cells.set(id, {
    id,
    v: then.v,
    fixed: !then.hidden,
    withheld: then.hidden,
    nonzero: then.hidden && then.v > 0,
    magnitude: now?.magnitude ?? false,
    weight: 0,
  });
  if (now === undefined) return id;
  const difference = `${then.id}~${release}`;
  cells.set(difference, {
    id: difference,
    v: Math.abs(now.v - then.v),
    fixed: false,
    withheld: true,
    nonzero: false,
    magnitude: now.magnitude,
    weight: 0,
  });
  const [larger, smaller] = now.v > then.v ? [then.id, id] : [id, then.id];
  const eq = [larger, [smaller, difference]] as const;
  eqs.set(keyOf(eq), eq);
  return id;
}

function keyOf([total, parts]: Equation): string {
  return JSON.stringify([total, parts.toSorted()]);
}

function missing(release: string, id: string): never {
  throw new Refused('PART_MISSING', `earlier ${release}: a sum names ${id}, which is not among its cells`);
}

function refuseWrongSum(
  release: string,
  total: string,
  [id, parts]: Equation,
  cells: ReadonlyMap<string, Cell>,
): void {
  const sum = parts.reduce((so, part) => so + (cells.get(part)?.v ?? 0), 0);
  if (sum !== cells.get(id)?.v)
    throw new Refused('TABLE_DOES_NOT_ADD_UP', `earlier ${release}: ${total} is not the sum of its parts`);
}
