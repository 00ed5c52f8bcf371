/** Editions, their steps and files, as far as the reader's claims let them be seen: what is published is everybody's. */
import type { DataSource } from 'typeorm';
import { readRows } from '../db/read-rows.ts';
import type { Claims } from '../db/transaction.ts';
import { NotFound } from '../errors.ts';
import type { Frozen, ReportEdition, ReportFile, ReportKind, Step } from './edition.ts';

export interface EditionsAsked {
  readonly county?: string | null | undefined;
  readonly report?: ReportKind | null | undefined;
  readonly year?: string | null | undefined;
  readonly after?: string | undefined;
  readonly most: number;
}

const editionColumns = `e.id, e.report, e.county_fips AS county, e.year, e.number, e.release_number AS release, r.state AS "releaseState",
  e.state, e.because, e.opened_at AS "openedAt", e.published_at AS "publishedAt"`;
export const stepColumns = 'step, by_person AS person, by_name AS name, words, at';
const editions = 'report.edition e JOIN release.release r ON r.number = e.release_number';

/** The newest year first, the state before its counties; of one report the newest edition first. */
export async function editionsSeen(
  api: DataSource,
  claims: Claims,
  { county, report, year, after, most }: EditionsAsked,
): Promise<readonly ReportEdition[]> {
  return readRows<ReportEdition>(
    api,
    claims,
    `SELECT ${editionColumns} FROM ${editions}
     WHERE ($1::text IS NULL OR e.county_fips = $1) AND ($2::text IS NULL OR e.report = $2) AND ($3::text IS NULL OR e.year = $3)
       AND ($4::uuid IS NULL OR (e.year, e.county_fips, e.report, e.number)
         < (SELECT a.year, a.county_fips, a.report, a.number FROM report.edition a WHERE a.id = $4))
     ORDER BY e.year DESC, e.county_fips DESC, e.report DESC, e.number DESC LIMIT $5`,
    [county ?? null, report ?? null, year ?? null, after ?? null, most],
  );
}

export async function oneEdition(api: DataSource, claims: Claims, id: string): Promise<ReportEdition> {
  const [found] = await readRows<ReportEdition>(
    api,
    claims,
    `SELECT ${editionColumns} FROM ${editions} WHERE e.id = $1`,
    [id],
  );
  return found ?? absent();
}

/** The edition of the same report that one corrects. */
export async function correctedEdition(
  api: DataSource,
  claims: Claims,
  { report, county, year, number }: ReportEdition,
): Promise<(ReportEdition & Frozen) | undefined> {
  const [found] = await readRows<ReportEdition & Frozen>(
    api,
    claims,
    `SELECT ${editionColumns}, e.register, e.told FROM ${editions}
     WHERE e.report = $1 AND e.county_fips = $2 AND e.year = $3 AND e.number = $4`,
    [report, county, year, number - 1],
  );
  return found;
}

export async function frozenRegister(
  api: DataSource,
  claims: Claims,
  id: string,
): Promise<Frozen['register'] | null> {
  const [found] = await readRows<Pick<Frozen, 'register'>>(
    api,
    claims,
    'SELECT register FROM report.edition WHERE id = $1',
    [id],
  );
  return found?.register ?? null;
}

/** None for whom the edition is none of their county's. */
export async function stepsOf(
  api: DataSource,
  claims: Claims,
  editions: readonly string[],
): Promise<readonly (Step & { readonly edition: string })[]> {
  return readRows(
    api,
    claims,
    `SELECT edition_id AS edition, ${stepColumns} FROM report.step WHERE edition_id = ANY ($1) ORDER BY edition_id, seq`,
    [editions],
  );
}

export async function filesOf(
  api: DataSource,
  claims: Claims,
  editions: readonly string[],
): Promise<readonly (ReportFile & { readonly edition: string })[]> {
  return readRows(
    api,
    claims,
    `SELECT edition_id AS edition, language, format, name, bytes, sha256 FROM report.file WHERE edition_id = ANY ($1)
     ORDER BY edition_id, language, array_position(ARRAY['html', 'pdf', 'docx', 'xlsx', 'csv'], format)`,
    [editions],
  );
}

export async function fileNamed(
  api: DataSource,
  claims: Claims,
  edition: string,
  name: string,
): Promise<ReportFile & { readonly content: Buffer; readonly release: number }> {
  const [found] = await readRows<ReportFile & { content: Buffer; release: number }>(
    api,
    claims,
    `SELECT f.language, f.format, f.name, f.bytes, f.sha256, f.content, e.release_number AS release
     FROM report.file f JOIN report.edition e ON e.id = f.edition_id WHERE f.edition_id = $1 AND f.name = $2`,
    [edition, name],
  );
  return found ?? absent();
}

export function absent(): never {
  throw new NotFound('NOT_FOUND', 'There is nothing here, or not for you.');
}
