import type { Policy } from '../policy.ts';
import type { Table } from '../table.ts';

export interface KnowingReader {
  readonly name: string;
  readonly kind: 'outsider' | 'named' | 'singleton';
  readonly knows: readonly string[];
}

/** Everybody against whom the tables are protected: the outsider, the named insiders, the only one in a cell. */
export function attackersOf(table: Table, policy: Policy): KnowingReader[] {
  const complete = completer(table);
  const totals = new Set(table.eqs.filter(([, parts]) => parts.length > 0).map(([total]) => total));
  const alone = table.cells.filter(
    ({ id, v, magnitude, fixed }) => v === 1 && !magnitude && !fixed && !totals.has(id),
  );
  return [
    { name: 'outsider', kind: 'outsider', knows: [] },
    ...table.insiders.map(({ name, knows }) => ({ name, kind: 'named', knows: complete(knows) }) as const),
    ...(policy.singletons === 'ignored' ? [] : alone).map(
      ({ id }) => ({ name: `the one in ${id}`, kind: 'singleton', knows: complete([id]) }) as const,
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
