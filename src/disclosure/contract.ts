import type { Cell, Equation, Table } from './table.ts';

/** The same table with one cell for each number, and the cell that stands for each id. */
export interface Contracted {
  readonly table: Table;
  readonly standsFor: (id: string) => string;
}

/** Cells that an equation of a single part says to be one number are made one cell: there is less to search and to check. */
export function contracted(table: Table): Contracted {
  const leader = new Map<string, string>();
  const find = (id: string): string => {
    let at = id;
    for (let up = leader.get(at); up !== undefined; up = leader.get(at)) at = up;
    return at;
  };
  for (const [total, parts] of table.eqs) {
    const [only] = parts;
    if (only === undefined || parts.length > 1) continue;
    const [a, b] = [find(total), find(only)].toSorted();
    if (a !== b) leader.set(b as string, a as string);
  }
  if (leader.size === 0) return { table, standsFor: (id) => id };
  const cells = new Map<string, Cell>();
  for (const cell of table.cells) {
    const id = find(cell.id);
    const other = cells.get(id);
    cells.set(id, other === undefined ? { ...cell, id } : merged(other, cell));
  }
  const eqs = new Map<string, Table['eqs'][number]>();
  for (const [total, parts] of table.eqs) {
    const whole = find(total);
    const own = parts.map(find);
    // What is in a sum beside the total itself is nothing.
    const sums: readonly Equation[] = own.includes(whole)
      ? own.filter((part) => part !== whole).map((part) => [part, []])
      : [[whole, own]];
    if (parts.length !== 1) for (const eq of sums) eqs.set(JSON.stringify([eq[0], eq[1].toSorted()]), eq);
  }
  const atMost = new Map<string, Table['atMost'][number]>();
  for (const [smaller, larger] of table.atMost) {
    const pair = [smaller.map(find), larger.map(find)] as const;
    if (pair[0].join() !== pair[1].join()) atMost.set(JSON.stringify(pair), pair);
  }
  return {
    standsFor: find,
    table: {
      ...table,
      cells: [...cells.values()],
      eqs: [...eqs.values()],
      atMost: [...atMost.values()],
      ...(table.primary === undefined ? {} : { primary: [...new Set(table.primary.map(find))] }),
      insiders: table.insiders.map((insider) => ({
        ...insider,
        knows: [...new Set(insider.knows.map(find))],
      })),
      sensitive: table.sensitive.map(([whole, part]) => [find(whole), find(part)] as const),
    },
  };
}

/** What is published once is published, and what is known of one is known of the other. */
function merged(a: Cell, b: Cell): Cell {
  return {
    ...a,
    fixed: a.fixed || b.fixed,
    withheld: a.withheld && b.withheld,
    nonzero: a.nonzero || b.nonzero,
    magnitude: a.magnitude && b.magnitude,
    weight: a.weight + b.weight,
  };
}
