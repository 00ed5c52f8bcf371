import { Refused } from '../errors.ts';
import { expectArray, expectId, expectIds, expectObject } from './reading.ts';
import type { AtMost, Cell, Equation, Insider, Table } from './table.ts';

/** What an earlier release held, as the steward keeps it: each count as it was then, and whether it was hidden. */
export interface EarlierRelease {
  readonly release: string;
  readonly cells: readonly {
    readonly id: string;
    readonly v: number;
    readonly hidden: boolean;
    /** False where that release did not let its readers conclude that what it hid is above zero. */
    readonly nonzero?: boolean;
    readonly magnitude?: boolean;
  }[];
  readonly eqs: readonly Equation[];
  readonly atMost?: readonly AtMost[];
  readonly insiders?: readonly Insider[];
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
  const joined: Joined = {
    cells: new Map(table.cells.map((cell) => [cell.id, cell])),
    eqs: new Map(table.eqs.map((eq) => [keyOf(eq), eq])),
    versions: new Map(table.cells.map(({ id, v }) => [id, [{ id, v }]])),
  };
  const atMost = new Map(table.atMost.map((pair) => [JSON.stringify(pair), pair]));
  const insiders = new Map(table.insiders.map((insider) => [insider.name, insider]));
  for (const release of earlier) {
    const names = new Map<string, string>();
    for (const then of release.cells) names.set(then.id, join(joined, release.release, then));
    const named = (id: string): string => names.get(id) ?? missing(release.release, id);
    for (const [total, parts] of release.eqs) {
      const eq = [named(total), parts.map(named)] as const;
      refuseWrongSum(release.release, total, eq, joined.cells);
      joined.eqs.set(keyOf(eq), eq);
    }
    for (const [smaller, larger] of release.atMost ?? []) {
      const pair = [smaller.map(named), larger.map(named)] as const;
      atMost.set(JSON.stringify(pair), pair);
    }
    // Whoever knew their own figures then knows them still.
    for (const { name, knows, own } of release.insiders ?? []) {
      const now = insiders.get(name);
      const both = new Set([...(now?.knows ?? []), ...knows.map(named)]);
      // Where either time they may have known figures about others, less is concluded from them.
      const theirOwn = own === true && (now === undefined || now.own === true);
      insiders.set(name, { name, knows: [...both], ...(theirOwn ? { own: true } : {}) });
    }
  }
  return {
    ...table,
    cells: [...joined.cells.values()],
    eqs: [...joined.eqs.values()],
    atMost: [...atMost.values()],
    insiders: [...insiders.values()],
  };
}

interface Joined {
  readonly cells: Map<string, Cell>;
  readonly eqs: Map<string, Equation>;
  /** The different values that a count has had, each under the id by which it now stands. */
  readonly versions: Map<string, { readonly id: string; readonly v: number }[]>;
}

/** Adds one earlier count; returns the id under which it now stands. */
function join(joined: Joined, release: string, then: EarlierRelease['cells'][number]): string {
  const { cells, versions } = joined;
  const known = versions.get(then.id) ?? [];
  const same = known.find(({ v }) => v === then.v);
  if (same !== undefined) {
    const cell = cells.get(same.id) as Cell;
    // What was shown once is public, whatever is withheld today.
    if (!then.hidden) cells.set(same.id, { ...cell, fixed: true, withheld: false });
    return same.id;
  }
  const id = `${then.id}@${release}`;
  cells.set(id, {
    id,
    v: then.v,
    fixed: !then.hidden,
    withheld: then.hidden,
    nonzero: then.hidden && then.nonzero !== false && then.v > 0,
    magnitude: then.magnitude ?? cells.get(then.id)?.magnitude ?? false,
    weight: 0,
  });
  for (const other of known) tieVersions(joined, other, { id, v: then.v }, release);
  versions.set(then.id, [...known, { id, v: then.v }]);
  return id;
}

/** How much a count changed between two releases is a count too. */
function tieVersions(
  { cells, eqs }: Joined,
  other: { readonly id: string; readonly v: number },
  then: { readonly id: string; readonly v: number },
  release: string,
): void {
  const difference = `${other.id}~${release}`;
  cells.set(difference, {
    id: difference,
    v: Math.abs(other.v - then.v),
    fixed: false,
    withheld: true,
    nonzero: false,
    magnitude: cells.get(then.id)?.magnitude ?? false,
    weight: 0,
  });
  const [larger, smaller] = other.v > then.v ? [other.id, then.id] : [then.id, other.id];
  const eq = [larger, [smaller, difference]] as const;
  eqs.set(keyOf(eq), eq);
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
