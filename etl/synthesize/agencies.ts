import type { Contracts } from '../../src/contracts/contracts.ts';
import type { Place } from './places.ts';

/** Who can notice a young person. Mental health is a department of its own in one county only. */
export const lists = [
  'child_welfare',
  'probation',
  'health',
  'mental_health',
  'education',
  'community',
] as const;
export type List = (typeof lists)[number];

const KINDS: readonly (readonly [RegExp, List])[] = [
  [/^CW-/, 'child_welfare'],
  [/^PR-/, 'probation'],
  [/^HL-/, 'health'],
  [/^MH-/, 'mental_health'],
  [/^ED-/, 'education'],
  [/^CB-/, 'community'],
];

/** The invented agencies of the contracts' mappings, by what they are and by county. */
export class Agencies {
  readonly #byPlace = new Map<string, string>();
  readonly all: readonly { readonly agency: string; readonly list: List }[];

  constructor(contracts: Contracts, places: readonly Place[]) {
    const found = [...contracts.mappings.values()].flatMap(({ agency, counties, madeUp }) => {
      const list = KINDS.find(([pattern]) => pattern.test(agency))?.[1];
      return madeUp && list !== undefined ? [{ agency, list, counties }] : [];
    });
    for (const { agency, list, counties } of found)
      for (const { fips } of places)
        if (counties.includes('all') || counties.includes(fips)) this.#byPlace.set(`${list} ${fips}`, agency);
    const used = new Set(this.#byPlace.values());
    this.all = found.filter(({ agency }) => used.has(agency));
  }

  of(list: List, place: Place): string | undefined {
    return this.#byPlace.get(`${list} ${place.fips}`);
  }
}
