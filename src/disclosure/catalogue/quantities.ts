import { ALL } from './candidate.ts';
import type { DeclaredMetric } from './declared-metric.ts';

/** The members of a cell's dimensions, margins left out. */
export type Members = Readonly<Record<string, string>>;

/**
 * One number that a reader could know, whichever tables it stands in: `identified 2024 county=06037`. A margin is
 * the same number as the cell of the table without that dimension, so that both have one id.
 */
export function cellId(quantity: string, period: string, members: Members): string {
  const where = Object.entries(members)
    .filter(([, member]) => member !== ALL)
    .map(([dimension, member]) => `${dimension}=${member}`)
    .toSorted()
    .join('|');
  return `${quantity} ${period} ${where === '' ? ALL : where}`;
}

/** What is counted below the line: young people of this hub, or a population that everybody may know. */
export function denominatorQuantity(metric: DeclaredMetric): string {
  return metric.denominatorOf?.protected === false ? `${metric.id}/population` : `${metric.id}/of`;
}

/**
 * Different metrics often show one and the same number: a rate its count, a share the count that it is a share of.
 * Quantities that agree wherever both are there are taken to be one. Where that is chance, a reader is only
 * reckoned to know more than they do. Answers pairs of cells.
 */
export function sameCells(quantities: ReadonlyMap<string, ReadonlyMap<string, number>>): [string, string][] {
  const classes: { readonly members: string[]; readonly values: Map<string, number> }[] = [];
  for (const [quantity, values] of [...quantities].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const home = classes.find((one) => agree(one.values, values));
    if (home === undefined) classes.push({ members: [quantity], values: new Map(values) });
    else {
      home.members.push(quantity);
      for (const [place, v] of values) home.values.set(place, v);
    }
  }
  return classes.flatMap(({ members, values }) =>
    [...values.keys()].flatMap((place): [string, string][] => {
      const [first, ...others] = members.filter((quantity) => quantities.get(quantity)?.has(place));
      return others.map((other) => [`${first} ${place}`, `${other} ${place}`]);
    }),
  );
}

/** They share more than zeros, and differ nowhere. */
function agree(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean {
  let shared = false;
  for (const [place, v] of b) {
    const other = a.get(place);
    if (other === undefined) continue;
    if (other !== v) return false;
    if (v > 0) shared = true;
  }
  return shared;
}
