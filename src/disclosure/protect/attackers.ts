import type { Policy } from '../policy.ts';
import type { Equation, Table } from '../table.ts';

export interface KnowingReader {
  readonly name: string;
  readonly kind: 'outsider' | 'named' | 'singleton';
  readonly knows: readonly string[];
  /** Totals that cannot be less than what they hold of one's own, where that is more than one. */
  readonly least: ReadonlyMap<string, number>;
}

/** Everybody against whom the tables are protected: the outsider, the named insiders, the only one in a cell. */
export function attackersOf(table: Table, policy: Policy): KnowingReader[] {
  const complete = completer(table);
  const totals = new Set(table.eqs.filter(([, parts]) => parts.length > 0).map(([total]) => total));
  const alone = table.cells.filter(
    ({ id, v, magnitude, fixed }) => v === 1 && !magnitude && !fixed && !totals.has(id),
  );
  return [
    { name: 'outsider', kind: 'outsider', knows: [], least: new Map() },
    ...table.insiders.map(({ name, knows }): KnowingReader => {
      const own = complete(knows);
      return { name, kind: 'named', knows: own, least: leastTotals(table, own) };
    }),
    ...(policy.singletons === 'ignored' ? [] : alone).map(
      ({ id }): KnowingReader => ({
        name: `the one in ${id}`,
        kind: 'singleton',
        knows: complete([id]),
        least: new Map(),
      }),
    ),
  ];
}

/**
 * What follows from one's own cells and the zeros that everybody sees: where all other parts are zero, a total is
 * one's own count again. To know it is to know nothing about anybody else.
 */
function completer(table: Table): (knows: readonly string[]) => string[] {
  const zeros = new Set(table.cells.filter(({ v, withheld }) => v === 0 && !withheld).map(({ id }) => id));
  const sums = table.eqs.map(([total, parts]) => [total, ...parts].filter((id) => !zeros.has(id)));
  const sumsOf = new Map<string, string[][]>();
  for (const sum of sums)
    for (const id of sum) {
      const list = sumsOf.get(id);
      if (list === undefined) sumsOf.set(id, [sum]);
      else list.push(sum);
    }
  return (knows) => {
    const known = new Set(knows);
    for (const id of known)
      for (const sum of sumsOf.get(id) ?? []) {
        const open = sum.filter((other) => !known.has(other));
        // A set may grow while it is walked: what is added here is looked at in its turn.
        if (open.length === 1 && open[0] !== undefined) known.add(open[0]);
      }
    return [...known];
  };
}

/** What each total is at least, for somebody who knows these cells: their own counts in it, added up. */
function leastTotals(table: Table, knows: readonly string[]): Map<string, number> {
  const known = new Set(knows);
  const least = new Map(table.cells.filter(({ id }) => known.has(id)).map(({ id, v }) => [id, v]));
  const sums = [...table.eqs, ...wholes(table)];
  for (let settled = false; !settled; ) {
    settled = true;
    for (const [total, parts] of sums) {
      const sum = parts.reduce((so, part) => so + (least.get(part) ?? 0), 0);
      if (sum <= (least.get(total) ?? 0)) continue;
      least.set(total, sum);
      settled = false;
    }
  }
  return new Map([...least].filter(([id, v]) => !known.has(id) && v > 1));
}

/** Wholes that are at least as large as what is known to be a part of them. */
function wholes(table: Table): Equation[] {
  return table.atMost.flatMap(([smaller, larger]) => {
    const [whole, more] = larger;
    return whole === undefined || more !== undefined ? [] : [[whole, smaller] as const];
  });
}
