import type { Entry } from './entry.ts';
import { type FormSection, readSections } from './form-section.ts';
import type { RegisterField } from './register.ts';

/** What a request for a dataset says, and the terms under which it is answered. */
export interface DatasetContract {
  /** In days, and how many. */
  readonly terms: Readonly<Record<(typeof TERMS)[number], number>>;
  /** One for each of the five safes. */
  readonly sections: readonly FormSection[];
  readonly fields: readonly RegisterField[];
}

const TERMS = [
  'review_days',
  'longest_days',
  'link_days',
  'link_downloads',
  'most_links',
  'most_tables',
  'most_proposals',
] as const;

export function readDatasetContract(file: Entry): DatasetContract {
  const found = file.only('about', 'terms', 'sections');
  const terms = found.at('terms').only(...TERMS);
  const sections = readSections(found);
  return {
    terms: Object.fromEntries(TERMS.map((name) => [name, terms.number(name)])) as DatasetContract['terms'],
    sections,
    fields: sections.flatMap(({ fields }) => fields),
  };
}
