import type { DataSource } from 'typeorm';
import { readRows } from '../../db/read-rows.ts';
import type { County } from '../program.ts';

/** What a county's committee aspires to for a need. */
export interface Target {
  readonly county: County;
  readonly need: string;
  readonly programs: number;
  readonly places: number | undefined;
}

/** As the county register has them today; the newest version of each. */
export async function targets(source: DataSource): Promise<readonly Target[]> {
  const rows = await readRows<{
    county: County;
    content: { need: string; programs: number; places?: number };
  }>(
    source,
    // What a committee aspires to is no secret: the gap analysis is for everybody.
    { county: '*' },
    `SELECT county, content FROM (SELECT DISTINCT ON (id) county_fips AS county, content, withdrawn, effective_from, effective_to
       FROM governance.register_entry WHERE kind = 'resource_target' ORDER BY id, version DESC) newest
     WHERE NOT withdrawn AND current_date BETWEEN effective_from AND coalesce(effective_to, 'infinity')`,
  );
  return rows.map(({ county, content: { need, programs, places } }) => ({ county, need, programs, places }));
}
