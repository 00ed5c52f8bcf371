import type { DataSource } from 'typeorm';
import { type County, countiesOf, type Program } from '../program.ts';
import { answers } from '../search.ts';
import type { Target } from './targets.ts';

/** Places of one month, those of programs that said how many they had. */
export interface MonthOfPlaces {
  readonly month: string;
  readonly programs: number;
  readonly places: number;
  readonly occupied: number;
  readonly waiting: number;
  /** Needs whose target of places is reached, out of those for which there is one. */
  readonly reached: number;
  readonly aimed: number;
}

const MONTHS = 12;

interface Line {
  readonly program: string;
  readonly month: string;
  readonly places: number;
  readonly occupied: number | null;
  readonly waiting: number | null;
}

/** The newest months, oldest first, each beside what is aspired to today. */
export async function placesOverTime(
  source: DataSource,
  programs: readonly Program[],
  targets: readonly Target[],
  county: County | undefined,
): Promise<readonly MonthOfPlaces[]> {
  const there = programs.filter(({ place }) => county === undefined || countiesOf(place).includes(county));
  const lines = await source.query<Line[]>(
    `SELECT program_id AS program, to_char(month, 'YYYY-MM') AS month, places, occupied, waiting FROM directory.capacity
     WHERE program_id = ANY ($1) AND month IN (SELECT month FROM directory.capacity WHERE program_id = ANY ($1)
       GROUP BY month ORDER BY month DESC LIMIT ${MONTHS})`,
    [there.map(({ id }) => id)],
  );
  const needsOf = new Map(there.map(({ id, needs }) => [id, needs]));
  const wanted = placesWanted(targets, county);
  return [...Map.groupBy(lines, ({ month }) => month)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([month, own]) => ({
      month,
      programs: own.length,
      places: sum(own, ({ places }) => places),
      occupied: sum(own, ({ occupied }) => occupied ?? 0),
      waiting: sum(own, ({ waiting }) => waiting ?? 0),
      aimed: wanted.size,
      reached: [...wanted].filter(([need, most]) => {
        const able = own.filter(({ program }) => answers(needsOf.get(program) ?? [], [need]));
        return sum(able, ({ places }) => places) >= most;
      }).length,
    }));
}

/** By need; the state's is what its counties aspire to together. */
function placesWanted(targets: readonly Target[], county: County | undefined): ReadonlyMap<string, number> {
  const wanted = new Map<string, number>();
  for (const { county: of, need, places } of targets)
    if (places !== undefined && (county === undefined || of === county))
      wanted.set(need, (wanted.get(need) ?? 0) + places);
  return wanted;
}

function sum<T>(of: readonly T[], value: (one: T) => number): number {
  return of.reduce((so, one) => so + value(one), 0);
}
