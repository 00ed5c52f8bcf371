import type { DataSource } from 'typeorm';
import type { Contracts } from '../../contracts/contracts.ts';
import { toldTable } from './told.ts';

/** How many young people are enrolled in school, by county and in `all`, where the release says it: for rates of resources. */
export async function enrolled(
  source: DataSource,
  contracts: Contracts,
): Promise<ReadonlyMap<string, number>> {
  const asked = { metric: 'identified_per_1000_enrolled', by: ['county'], kind: 'year' } as const;
  const table = await toldTable(source, contracts, asked);
  return new Map(
    (table?.figures ?? []).flatMap(({ denominator, dims }) =>
      denominator === null ? [] : [[dims['county'] ?? '', denominator] as const],
    ),
  );
}
