/** The shape of a row: the columns that the facts of a young person in a period have (docs/measures.md). */

/** In the order of the file. A query that runs on these runs on the facts. */
export const COLUMNS = [
  ['person_id', 'text'],
  ['period', 'text'],
  ['kind', 'text'],
  ['starts', 'date'],
  ['ends', 'date'],
  ['status', 'text'],
  ['identified', 'boolean'],
  ['minor', 'boolean'],
  ['sources', 'text[]'],
  ['agree', 'boolean'],
  ['newness', 'text'],
  ['care_timing', 'text'],
  ['age', 'integer'],
  ['age_band', 'text'],
  ['age_band_public', 'text'],
  ['sex', 'text'],
  ['gender_identity', 'text'],
  ['sexual_orientation', 'text'],
  ['lgbtq', 'text'],
  ['race_ethnicity', 'text'],
  ['county', 'text'],
  ['responsible_county', 'text'],
  ['exploitation_county', 'text'],
] as const;

export type ColumnName = (typeof COLUMNS)[number][0];
export type PersonRow = Readonly<Record<ColumnName, string | number | boolean | readonly string[] | null>>;

/** Attributes that are fitted together; what is not said of a row is null. */
export type Said = Readonly<
  Record<'county' | 'status' | 'age_band' | 'sex' | 'race_ethnicity', string | null>
>;

/** Their names in a metric, by the column that holds them. */
export const FITTED: readonly (keyof Said)[] = ['county', 'status', 'age_band', 'sex', 'race_ethnicity'];

export interface AgeBand {
  readonly code: string;
  readonly min: number;
  readonly max: number;
}

/** Public bands, and the bands of the facts, youngest first. */
export interface AgeBands {
  readonly open: readonly AgeBand[];
  readonly own: readonly AgeBand[];
}

/** An age says no more than its band: everybody in a band has its oldest. */
export function agesOf(
  band: string | null,
  { open, own }: AgeBands,
): Pick<PersonRow, 'age' | 'age_band' | 'age_band_public' | 'minor'> {
  const age = open.find(({ code }) => code === band)?.max ?? null;
  return {
    age,
    age_band: age === null ? null : (own.find(({ min, max }) => min <= age && age <= max)?.code ?? null),
    age_band_public: band,
    minor: age === null ? null : age < 18,
  };
}
