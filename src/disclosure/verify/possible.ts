import type { Certificate } from '../certificate.ts';
import { printed } from '../figures.ts';
import { sensitiveParts, type Table } from '../table.ts';
import { type Finding, found } from './finding.ts';
import { type Surroundings, surroundings, valueIn, type World } from './surroundings.ts';

/** A table of the certificate, which holds the differences from the facts. */
export function worldOf(
  table: Table,
  certificate: Certificate,
  differences: Certificate['tables'][number],
): World {
  const value = valueIn(table);
  return new Map(
    differences.map(([at, by]) => {
      const id = certificate.hidden[at] ?? '';
      return [id, (value.get(id) ?? Number.NaN) + by] as const;
    }),
  );
}

/** Every equation adds up, every shown cell and figure stays as printed, nothing lies below its floor. */
export function possible(
  table: Table,
  certificate: Certificate,
  hidden: ReadonlySet<string>,
  world: World,
): Finding[] {
  const value = (id: string): number => world.get(id) ?? valueIn(table).get(id) ?? Number.NaN;
  const wrong = new Set<string>();
  const mayBeZero = sensitiveParts(table);
  for (const [id, v] of world) {
    const { cell, sums, orders, figures } = surroundings(table).get(id) as Surroundings;
    const knownNotZero = !cell.magnitude && (!cell.withheld || cell.nonzero);
    const floor = certificate.zeros === 'shown' && knownNotZero && !mayBeZero.has(id) ? 1 : 0;
    if (!hidden.has(id) || !Number.isInteger(v) || v < floor) wrong.add(id);
    for (const [total, parts] of sums)
      if (parts.reduce((so, part) => so + value(part), 0) !== value(total)) wrong.add(total);
    for (const [smaller, larger] of orders)
      if (sumOf(smaller, value) > sumOf(larger, value)) for (const id of smaller) wrong.add(id);
    for (const figure of figures) {
      if (certificate.hiddenFigures.includes(figure.id)) continue;
      if (printed(figure, value) !== printed(figure, (one) => valueIn(table).get(one) ?? Number.NaN))
        wrong.add(figure.id);
    }
  }
  return found('TABLE_IMPOSSIBLE', [...wrong]);
}

function sumOf(ids: readonly string[], value: (id: string) => number): number {
  return ids.reduce((so, id) => so + value(id), 0);
}
