import type { Policy } from '../policy.ts';
import { type Equation, sensitiveParts, type Table } from '../table.ts';

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
  const addUp = adder(table);
  const totals = new Set(table.eqs.filter(([, parts]) => parts.length > 0).map(([total]) => total));
  const alone = table.cells.filter(
    ({ id, v, magnitude, fixed }) => v === 1 && !magnitude && !fixed && !totals.has(id),
  );
  return [
    { name: 'outsider', kind: 'outsider', knows: [], least: new Map() },
    ...table.insiders.map(({ name, knows, own }): KnowingReader => {
      const all = complete(knows, own === true);
      return { name, kind: 'named', knows: all, least: addUp(all) };
    }),
    ...(policy.singletons === 'ignored' ? [] : alone).map(
      ({ id }): KnowingReader => ({
        name: `the one in ${id}`,
        kind: 'singleton',
        knows: complete([id], true),
        least: new Map(),
      }),
    ),
  ];
}

/** From the cells that somebody knows to all that they know. */
type Completer = (knows: readonly string[], own: boolean) => string[];

/**
 * What follows from cells that one knows and the zeros that everybody sees: the one member of a sum that is left. And
 * where one knows them since they hold only one's own people, also what lies within them: their parts, and whatever is
 * at most as large. To know a cell in which there is nobody else is to know nothing about anybody else.
 */
function completer(table: Table): Completer {
  const mayBeHidden = sensitiveParts(table);
  const zeros = new Set(
    table.cells
      .filter(({ id, v, withheld }) => v === 0 && !withheld && !mayBeHidden.has(id))
      .map(({ id }) => id),
  );
  const isOpen = (id: string): boolean => !zeros.has(id);
  const sums = new Map<string, Equation[]>();
  const orders = new Map<string, Equation[]>();
  for (const [total, parts] of table.eqs) {
    const sum = [total, parts.filter(isOpen)] as const;
    for (const id of [total, ...sum[1]]) put(sums, id, sum);
  }
  for (const [smaller, larger] of table.atMost)
    for (const part of smaller) for (const id of larger) put(orders, id, [part, larger.filter(isOpen)]);
  return (knows, own) => {
    const known = new Set(knows);
    const isKnown = (id: string): boolean => known.has(id);
    // A set may grow while it is walked: what is added here is looked at in its turn.
    for (const id of known) {
      for (const [total, parts] of sums.get(id) ?? []) {
        const open = [total, ...parts].filter((one) => isOpen(one) && !isKnown(one));
        if (open.length === 1 || (own && total === id)) for (const one of open) known.add(one);
      }
      if (!own) continue;
      for (const [part, wholes] of orders.get(id) ?? [])
        if (isOpen(part) && wholes.every(isKnown)) known.add(part);
    }
    return [...known];
  };
}

function put(lists: Map<string, Equation[]>, id: string, one: Equation): void {
  const list = lists.get(id);
  if (list === undefined) lists.set(id, [one]);
  else list.push(one);
}

/** What each total is at least, for somebody who knows these cells: their own counts in it, added up. */
type Adder = (knows: readonly string[]) => Map<string, number>;

function adder(table: Table): Adder {
  const values = new Map(table.cells.map(({ id, v }) => [id, v]));
  const wholesOf = new Map<string, Equation[]>();
  for (const sum of [...table.eqs, ...wholes(table)]) for (const part of sum[1]) put(wholesOf, part, sum);
  return (knows) => {
    const known = new Set(knows);
    const least = new Map(knows.map((id) => [id, values.get(id) ?? 0]));
    const queue = [...knows];
    for (let id = queue.pop(); id !== undefined; id = queue.pop())
      for (const [total, parts] of wholesOf.get(id) ?? []) {
        const sum = parts.reduce((so, part) => so + (least.get(part) ?? 0), 0);
        if (sum <= (least.get(total) ?? 0)) continue;
        least.set(total, sum);
        queue.push(total);
      }
    return new Map([...least].filter(([id, v]) => !known.has(id) && v > 1));
  };
}

/** Wholes that are at least as large as what is known to be a part of them. */
function wholes(table: Table): Equation[] {
  return table.atMost.flatMap(([smaller, larger]) => {
    const [whole, more] = larger;
    return whole === undefined || more !== undefined ? [] : [[whole, smaller] as const];
  });
}
