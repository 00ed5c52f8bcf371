import type { DataSource } from 'typeorm';
import { type County, countiesOf, type Program } from '../program.ts';

/** Places of one month, those of programs that said how many they had. */
export interface MonthOfPlaces {
  readonly month: string;
  readonly programs: number;
  readonly places: number;
  readonly occupied: number;
  readonly waiting: number;
}

const MONTHS = 12;

/** The newest months, oldest first. */
export async function placesOverTime(
  source: DataSource,
  programs: readonly Program[],
  county: County | undefined,
): Promise<readonly MonthOfPlaces[]> {
  const ids = programs
    .filter(({ place }) => county === undefined || countiesOf(place).includes(county))
    .map(({ id }) => id);
  const rows = await source.query<MonthOfPlaces[]>(
    `SELECT to_char(month, 'YYYY-MM') AS month, count(*)::int AS programs, sum(places)::int AS places,
       coalesce(sum(occupied), 0)::int AS occupied, coalesce(sum(waiting), 0)::int AS waiting
     FROM directory.capacity WHERE program_id = ANY ($1) GROUP BY month ORDER BY month DESC LIMIT ${MONTHS}`,
    [ids],
  );
  return rows.toReversed();
}
