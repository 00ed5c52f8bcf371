/** The county register's rows: read as they stand or stood, and only ever added to. */
import type { DataSource } from 'typeorm';
import { uuidOf } from '../access/named-id.ts';
import { loadContracts } from '../contracts/contracts.ts';
import { readRows } from '../db/read-rows.ts';
import { type Claims, transaction } from '../db/transaction.ts';
import { canonicalJson } from '../disclosure/release/canonical-json.ts';
import { NotFound, Refused } from '../errors.ts';
import { type Content, checkedContent, type FieldText, isDay, kindNamed } from './content.ts';

export interface RegisterEntry {
  readonly id: string;
  readonly version: number;
  /** A FIPS code, or `state` for what concerns all counties. */
  readonly county: string;
  readonly kind: string;
  readonly effectiveFrom: string;
  readonly effectiveTo: string | null;
  readonly withdrawn: boolean;
  readonly content: Content;
  readonly recordedAt: Date;
}

export interface RegisterQuestion {
  readonly county?: string | null | undefined;
  readonly kinds?: readonly string[] | undefined;
  /** Entries that held on the day; all that were not withdrawn, when none is named. */
  readonly on?: string | null | undefined;
  readonly after?: string | undefined;
  readonly most: number;
}

export interface NewEntry {
  readonly kind: string;
  readonly county?: string | null | undefined;
  readonly effectiveFrom: string;
  readonly effectiveTo?: string | null | undefined;
  readonly fields: readonly FieldText[];
  readonly withdrawn?: boolean | null | undefined;
  /** The entry that this is the next version of, and the version that its writer had seen. */
  readonly id?: string | null | undefined;
  readonly version?: number | null | undefined;
}

const columns = `id, version, county_fips AS county, kind, effective_from::text AS "effectiveFrom",
  effective_to::text AS "effectiveTo", withdrawn, content, recorded_at AS "recordedAt"`;

export async function registerEntries(
  api: DataSource,
  claims: Claims,
  question: RegisterQuestion,
): Promise<readonly RegisterEntry[]> {
  return readRows<RegisterEntry>(
    api,
    claims,
    `SELECT * FROM (SELECT DISTINCT ON (id) ${columns} FROM governance.register_entry
             WHERE ($1::text IS NULL OR county_fips = $1) AND ($2::text[] IS NULL OR kind = ANY ($2)) AND ($3::uuid IS NULL OR id > $3)
             ORDER BY id, version DESC) newest
           WHERE NOT withdrawn
             AND ($4::text IS NULL OR $4 BETWEEN "effectiveFrom" AND coalesce("effectiveTo", '9999-12-31'))
           ORDER BY id LIMIT $5`,
    [
      question.county ?? null,
      question.kinds ?? null,
      question.after ?? null,
      question.on ?? null,
      question.most,
    ],
  );
}

export async function entryHistory(
  api: DataSource,
  claims: Claims,
  id: string,
): Promise<readonly RegisterEntry[]> {
  return readRows<RegisterEntry>(
    api,
    claims,
    `SELECT ${columns} FROM governance.register_entry WHERE id = $1 ORDER BY version DESC`,
    [id],
  );
}

/** With the same key and the same words it answers what the first attempt made. */
export async function recordEntry(
  api: DataSource,
  claims: Claims,
  entry: NewEntry,
  by: { readonly person: string; readonly key: string },
): Promise<RegisterEntry> {
  const contracts = loadContracts();
  const kind = kindNamed(contracts, entry.kind);
  if (kind.scope === 'agreement')
    throw new NotFound('KIND_UNKNOWN', 'The register holds no entries of that kind.');
  const content = checkedContent(contracts, kind, entry.fields);
  const county = kind.scope === 'state' ? 'state' : entry.county;
  if (kind.scope === 'state' ? claims.county !== '*' : !isCounty(contracts, county)) throw notThere();
  for (const day of [entry.effectiveFrom, entry.effectiveTo ?? entry.effectiveFrom])
    if (!isDay(day))
      throw new Refused('REGISTER_DATES', 'An entry holds from a day and to a day such as 2026-03-01.');
  if (entry.effectiveTo && entry.effectiveTo < entry.effectiveFrom)
    throw new Refused('REGISTER_DATES', 'An entry ends after it begins.');
  const id = entry.id ?? uuidOf('register', by.person, by.key);
  return transaction(
    api,
    async ({ client }) => {
      const { rows } = await client.query<RegisterEntry>(
        `SELECT ${columns} FROM governance.register_entry WHERE id = $1 ORDER BY version DESC`,
        [id],
      );
      const version = entry.id === null || entry.id === undefined ? 1 : (entry.version ?? 0) + 1;
      const newest = rows[0];
      if (version > 1 && (newest === undefined || newest.kind !== entry.kind || newest.county !== county))
        throw notThere();
      const made: Written = {
        county: county ?? '',
        kind: entry.kind,
        effectiveFrom: entry.effectiveFrom,
        effectiveTo: entry.effectiveTo ?? null,
        withdrawn: entry.withdrawn ?? false,
        content,
      };
      const earlier = rows.find((row) => row.version === version);
      if (earlier !== undefined) return sameAs(earlier, made);
      if (version !== (newest?.version ?? 0) + 1) throw changedMeanwhile();
      const written = await client.query<RegisterEntry>(
        `INSERT INTO governance.register_entry
           (id, version, county_fips, kind, effective_from, effective_to, withdrawn, content, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id, version) DO NOTHING RETURNING ${columns}`,
        [
          id,
          version,
          made.county,
          made.kind,
          made.effectiveFrom,
          made.effectiveTo,
          made.withdrawn,
          JSON.stringify(content),
          by.person,
        ],
      );
      const row = written.rows[0];
      if (row === undefined) throw changedMeanwhile();
      return row;
    },
    claims,
  );
}

type Written = Pick<
  RegisterEntry,
  'county' | 'kind' | 'effectiveFrom' | 'effectiveTo' | 'withdrawn' | 'content'
>;

function sameAs(earlier: RegisterEntry, wanted: Written): RegisterEntry {
  const { county, kind, effectiveFrom, effectiveTo, withdrawn, content } = earlier;
  const was: Written = { county, kind, effectiveFrom, effectiveTo, withdrawn, content };
  if (canonicalJson(was) === canonicalJson(wanted)) return earlier;
  throw changedMeanwhile();
}

function isCounty(contracts: ReturnType<typeof loadContracts>, county: string | null | undefined): boolean {
  return contracts.codeLists.get('ca_counties')?.codes.some((code) => code.code === county) ?? false;
}

function notThere(): NotFound {
  return new NotFound('NOT_FOUND', 'There is nothing here, or not for you.');
}

function changedMeanwhile(): Refused {
  return new Refused(
    'CHANGED_MEANWHILE',
    'The entry is not as its writer had seen it, or the key was used for another.',
    {
      remedy: 'Read the entry again and send its newest `version`, or a new idempotency key.',
    },
  );
}
