/**
 * What parties write for a report: practices, strategies, barriers, and chapters of their own. All of it lies in the
 * register, with its versions; here is who enters and who signs it off.
 */
import type { DataSource } from 'typeorm';
import type { Claims } from '../db/transaction.ts';
import { Refused } from '../errors.ts';
import type { FieldText } from '../register/content.ts';
import { entryHistory, type RegisterEntry, recordEntry } from '../register/entries.ts';
import { TEXT_KINDS, type TextKind } from './edition.ts';
import { absent } from './editions-seen.ts';

export interface PartyText {
  readonly kind: TextKind;
  readonly county: string;
  readonly year: string;
  readonly party: string;
  readonly language: 'en' | 'es';
  /** Of a chapter; nothing of the others. */
  readonly title?: string | null | undefined;
  readonly words: string;
  /** The text that this is the next version of, with the version that its writer had seen; taken back, it is not printed. */
  readonly id?: string | null | undefined;
  readonly version?: number | null | undefined;
  readonly withdrawn?: boolean | null | undefined;
}

/** A text that was changed waits to be signed off again. */
export async function enterText(
  api: DataSource,
  claims: Claims,
  text: PartyText,
  by: { readonly person: string; readonly key: string },
): Promise<RegisterEntry> {
  const { kind, county, id, version, withdrawn } = text;
  if (claims.county !== '*' && claims.county !== county) absent();
  const fields: FieldText[] = [
    { name: 'year', values: [text.year] },
    { name: 'party', values: [text.party] },
    ...(kind === 'chapter' ? [{ name: 'title', values: [text.title ?? ''] }] : []),
    { name: 'words', values: [text.words] },
    { name: 'language', values: [text.language] },
    { name: 'signed_off', values: ['false'] },
  ];
  const effectiveFrom = await firstDay(api, claims, text);
  return recordEntry(api, claims, { kind, county, id, version, withdrawn, effectiveFrom, fields }, by);
}

/** For the party, by somebody who answers for it; the version says which words were read. */
export async function signOffText(
  api: DataSource,
  claims: Claims,
  { id, version }: { readonly id: string; readonly version: number },
  person: string,
): Promise<RegisterEntry> {
  const [newest] = await entryHistory(api, claims, id);
  if (newest === undefined || !isText(newest) || newest.withdrawn) absent();
  if (newest.content['signed_off'] === true && newest.version === version + 1) return newest;
  if (newest.version !== version)
    throw new Refused('CHANGED_MEANWHILE', 'The text was changed since it was read.', {
      remedy: 'Read it again, and sign off what it says now.',
    });
  const { kind, county, effectiveFrom, content } = newest;
  const fields = Object.entries({ ...content, signed_off: 'true' }).map(([name, value]) => ({
    name,
    values: [value].flat().map(String),
  }));
  return recordEntry(
    api,
    claims,
    { kind, county, id, version, effectiveFrom, fields },
    { person, key: `sign off ${id} ${version}` },
  );
}

export function isText({ kind }: RegisterEntry): boolean {
  return TEXT_KINDS.some((one) => one === kind);
}

/** What is written for a year is of that year, whenever it is entered. */
async function firstDay(api: DataSource, claims: Claims, { id, year }: PartyText): Promise<string> {
  if (id === null || id === undefined) return /^20\d{2}$/.test(year) ? `${year}-12-31` : '2000-12-31';
  const [newest] = await entryHistory(api, claims, id);
  if (newest === undefined || !isText(newest)) absent();
  return newest.effectiveFrom;
}
