/** A made-up population, its release, what is made of the release, and another population that had no part in it. */
import { loadContracts } from '../../../src/contracts/contracts.ts';
import { FITTED, type PersonRow } from '../../../src/datasets/synthetic/person-row.ts';
import { releasedCounts } from '../../../src/datasets/synthetic/released-counts.ts';
import {
  ageBandsOf,
  type SyntheticPeople,
  syntheticPeople,
} from '../../../src/datasets/synthetic/synthetic-people.ts';
import type { ReleaseFigure } from '../../../src/disclosure/release/release-figures.ts';
import { type MadeUpPerson, MEMBERS, madeUpPeople } from './made-up-people.ts';
import type { Alike, Question } from './reconstruction.ts';
import { releasedFigures, YEAR } from './released-figures.ts';
import type { Row } from './risks.ts';

export interface Scene {
  readonly seed: string;
  readonly figures: readonly ReleaseFigure[];
  readonly made: SyntheticPeople;
  readonly members: readonly MadeUpPerson[];
  readonly control: readonly MadeUpPerson[];
}

const SIZE = 900;
export const ageBands = ageBandsOf(loadContracts());

export async function sceneOf(seed: string): Promise<Scene> {
  const members = madeUpPeople(`${seed} members`, SIZE);
  const figures = await releasedFigures(members);
  const made = syntheticPeople({ figures, seed, ageBands });
  return { seed, figures, made, members, control: madeUpPeople(`${seed} control`, SIZE) };
}

export const COLUMNS = [...FITTED, 'newness', 'care_timing', 'sources', 'agree'] as const;

export function columns(...names: readonly (typeof COLUMNS)[number][]): number[] {
  return names.map((name) => COLUMNS.indexOf(name));
}

export function rowOfPerson(person: MadeUpPerson): Row {
  return Uint8Array.from(COLUMNS, (name) => codeOf(name, valueOfPerson(person, name)));
}

export function rowOfFile(row: PersonRow): Row {
  return Uint8Array.from(COLUMNS, (name) =>
    codeOf(name, row[name === 'age_band' ? 'age_band_public' : name]),
  );
}

function valueOfPerson(person: MadeUpPerson, name: (typeof COLUMNS)[number]): PersonRow[keyof PersonRow] {
  return name === 'sources' ? person.systems : person[name];
}

function codeOf(name: (typeof COLUMNS)[number], value: PersonRow[keyof PersonRow]): number {
  if (value === null) return 0;
  if (typeof value === 'boolean') return value ? 2 : 1;
  if (typeof value === 'object')
    return 1 + value.reduce((so, one) => so + 2 ** MEMBERS.system.indexOf(one as 'probation'), 0);
  return 1 + (MEMBERS[name as keyof typeof MEMBERS] as readonly string[]).indexOf(String(value));
}

const QUESTIONS = 10_000;

/** What somebody may ask: sums of what the release shows by county, counts of rows of the file; and, to compare, of the truth. */
export function questionsOf({ seed, figures, made, members }: Scene) {
  const known = ({ county, age_band, sex, race_ethnicity }: Omit<MadeUpPerson, 'systems'>): string =>
    [county, age_band, sex, race_ethnicity].join();
  const alike: Alike[] = [...Map.groupBy(members, known)].map(([key, all]) => ({
    known: key,
    county: all[0]?.county ?? '',
    size: all.length,
    confirmed: all.filter(({ status }) => status === 'confirmed').length,
  }));
  const confirmedRows = Map.groupBy(
    made.rows.filter(({ status }) => status === 'confirmed'),
    ({ county, age_band_public, sex, race_ethnicity }) =>
      [county, age_band_public, sex, race_ethnicity].join(),
  );
  const inFile = alike.map((one) => confirmedRows.get(one.known)?.length ?? 0);
  const byCounty = releasedCounts(figures, 'identified', YEAR).find(
    ({ dimensions }) => dimensions.join() === 'county,status',
  );
  const shown = [...(byCounty?.cells.values() ?? [])].filter(
    ({ members: own, count }) => own[1] === 'confirmed' && count !== null,
  );
  const heads = tosses(seed);
  const indexes = alike.map((_, at) => at);
  const ask = (question: () => Question): Question[] => Array.from({ length: QUESTIONS }, question);
  const someOf = (answers: readonly number[]) => (): Question => {
    const about = indexes.filter(heads);
    return { about, answer: about.reduce((so, at) => so + (answers[at] as number), 0) };
  };
  return {
    alike,
    released: ask(() => {
      const cells = shown.filter(heads);
      const counties = new Set(cells.map(({ members: own }) => own[0]));
      return {
        about: indexes.filter((at) => counties.has(alike[at]?.county)),
        answer: cells.reduce((so, { count }) => so + (count ?? 0), 0),
      };
    }),
    synthetic: ask(someOf(inFile)),
    truth: ask(someOf(alike.map(({ confirmed }) => confirmed))),
  };
}

/** A coin that falls the same way in every run; millions of tosses are asked of it. */
function tosses(seed: string): () => boolean {
  let state = 1 + Buffer.from(seed).reduce((so, byte) => (so * 31 + byte) % 2_147_483_646, 7);
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state < 1_073_741_824;
  };
}
