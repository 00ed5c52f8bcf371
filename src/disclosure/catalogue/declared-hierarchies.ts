import type { Contracts } from '../../contracts/contracts.ts';
import { listNamed } from '../../contracts/lookup.ts';
import { regionsOf } from '../../contracts/regions.ts';
import type { Hierarchy } from './lines.ts';

/**
 * Counties lie in regions: where a metric is told by both, the counties of a region add up to it, and so do those of none
 * to what is told of no region.
 */
export function declaredHierarchies(contracts: Contracts): readonly Hierarchy[] {
  const regions = regionsOf(contracts);
  const counties = [...listNamed(contracts, 'ca_counties').codes.map(({ code }) => code), 'unknown'];
  const within = counties.map((county) => [county, regions.get(county) ?? 'unknown'] as const);
  return [{ fine: 'county', coarse: 'region', within: Object.fromEntries(within) }];
}
