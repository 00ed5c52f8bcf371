/** What parties wrote for the year, as the register holds it: signed off, or waiting to be. */
import { plain } from '../blocks/block.ts';
import type { Edition } from './edition.ts';
import { label } from './say.ts';

export interface PartyWords {
  readonly id: string;
  readonly county: string;
  /** A code of the list of parties. */
  readonly party: string;
  readonly title: string;
  readonly language: 'en' | 'es';
  readonly words: string;
}

export function textsOf(
  { register, year }: Pick<Edition, 'register' | 'year'>,
  kind: string,
): { readonly signed: readonly PartyWords[]; readonly waiting: number } {
  const entries = register.filter(
    (entry) => entry.kind === kind && entry.content['year'] === year && !entry.withdrawn,
  );
  const signed = entries
    .filter(({ content }) => content['signed_off'] === true)
    .map(({ id, county, content }) => ({
      id,
      county,
      party: String(content['party'] ?? ''),
      title: String(content['title'] ?? ''),
      language: content['language'] === 'es' ? ('es' as const) : ('en' as const),
      words: String(content['words'] ?? ''),
    }));
  return { signed, waiting: entries.length - signed.length };
}

export function partyLabel(edition: Edition, code: string): string {
  return labelOf(edition, 'party', code);
}

export function placeLabel({ contracts }: Edition, county: string): string {
  return contracts.codeLists.get('ca_counties')?.codes.find(({ code }) => code === county)?.label ?? county;
}

function labelOf(edition: Edition, list: string, code: string): string {
  const english = edition.contracts.codeLists.get(list)?.codes.find((one) => one.code === code)?.label;
  return plain([label(edition, list, code, english ?? code)]);
}
