/** What a query of a researcher may name: the columns of the facts of a young person in a period, and what each may be compared with. */

export const TABLE = 'person_period';
/** One for each young person; counted, and never named. */
export const PERSON = 'person_id';
/** A table is made of every period at once. */
export const PERIOD = 'period';

/** Columns of codes, with the list that their members are of. By those with `by`, tables can be broken down. */
export const CODED: Readonly<Record<string, { readonly list: string; readonly by: boolean }>> = {
  status: { list: 'published_status', by: true },
  newness: { list: 'newness', by: true },
  care_timing: { list: 'care_timing', by: true },
  age_band: { list: 'age_band', by: true },
  age_band_public: { list: 'age_band_public', by: true },
  sex: { list: 'sex_assigned', by: true },
  race_ethnicity: { list: 'race_ethnicity_published', by: true },
  county: { list: 'ca_counties', by: true },
  responsible_county: { list: 'ca_counties', by: true },
  exploitation_county: { list: 'ca_counties', by: true },
};
/** Not known of everybody: in a table by one of them those are left out of whom it is not. */
export const SOMETIMES: ReadonlySet<string> = new Set(['newness', 'care_timing']);
/** A list of codes in each row. */
export const LISTED: Readonly<Record<string, string>> = { sources: 'agency_system' };
export const FLAGS: ReadonlySet<string> = new Set(['identified', 'minor', 'agree']);
export const NUMBERS: ReadonlySet<string> = new Set(['age']);
/** In the file, and not to be asked about this way: the steward publishes them for the whole state alone. */
export const WITHHELD: ReadonlySet<string> = new Set(['gender_identity', 'sexual_orientation', 'lgbtq']);
/** In the file; a table has them by its period. */
export const OF_PERIOD: ReadonlySet<string> = new Set(['kind', 'starts', 'ends']);

/** Of more, next to nothing could be shown. */
export const MOST_DIMENSIONS = 2;
