import type { Contracts } from './contracts.ts';
import { listNamed } from './lookup.ts';

/** The region of each county that lies in one, by their codes. */
export function regionsOf(contracts: Contracts): ReadonlyMap<string, string> {
  return new Map(
    listNamed(contracts, 'ca_region').codes.flatMap(({ code, attributes }) =>
      String(attributes['counties'])
        .split(' ')
        .map((county) => [county, code] as const),
    ),
  );
}
