/** For whom there is nothing: placements by age and gender, and programs by system and language. */
import { type County, countiesOf, type Program } from '../program.ts';
import { type Situation, takes } from '../search.ts';

/** Ages that are placed together, each by one that stands for it. */
export const AGE_GROUPS = [
  { label: '10–12', age: 11 },
  { label: '13–15', age: 14 },
  { label: '16–17', age: 17 },
  { label: '18–21', age: 19 },
] as const;
const GENDERS = ['girls', 'boys', 'transgender', 'nonbinary'] as const;
const SYSTEMS = ['dependents', 'wards', 'dual', 'no_system'] as const;

export interface CoverageRow {
  readonly group: string;
  /** Placements that take them, by group of ages. */
  readonly placements: readonly number[];
  /** Other programs that do, of any age. */
  readonly services: number;
}

export interface Coverage {
  readonly genders: readonly CoverageRow[];
  readonly systems: readonly CoverageRow[];
  readonly languages: readonly CoverageRow[];
}

export function coverageOf(
  programs: readonly Program[],
  languages: readonly string[],
  county: County | undefined,
): Coverage {
  const there = programs.filter(({ place }) => county === undefined || countiesOf(place).includes(county));
  const placements = there.filter(({ kind }) => kind !== 'service');
  const services = there.filter(({ kind }) => kind !== 'placement');
  const row = (group: string, asked: Situation): CoverageRow => ({
    group,
    placements: AGE_GROUPS.map(
      ({ age }) => placements.filter((program) => takes(program, { ...asked, age })).length,
    ),
    services: services.filter((program) => takes(program, asked)).length,
  });
  return {
    genders: GENDERS.map((gender) => row(gender, { gender })),
    systems: SYSTEMS.map((system) => row(system, { system })),
    languages: languages.map((language) => row(language, { language })),
  };
}
