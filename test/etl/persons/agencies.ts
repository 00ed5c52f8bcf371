/** Agencies' linkage rows as the loader leaves them, made from invented people. */
import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { encodePerson, fieldEncoder } from '../../../etl/encode/field-encoder.ts';
import { personLayout } from '../../../etl/encode/layout.ts';
import { transaction } from '../../../src/db/transaction.ts';
import { registerSources } from '../../../src/sources/register.ts';
import type { Row } from '../link/people.ts';

const key = { project: 'test', version: 1, secret: new Uint8Array(32).fill(7), salt: new Uint8Array(32) };
const encoder = fieldEncoder(personLayout, key);
export const keyVersion = encoder.keyVersion;

/** The hub's surrogate of a made-up row. */
export function surrogateOf({ source, id }: Row): string {
  return createHash('sha256').update(`${source} ${id}`).digest('hex').slice(0, 32);
}

export function tokenOf({ source, id }: Row): string {
  return `token-of-${source}-${String(id).padStart(8, '0')}`;
}

export async function registerAgencies(
  loader: DataSource,
  deduplicated: readonly string[] = [],
): Promise<void> {
  await registerSources(loader, {
    agencies: ['a', 'b', 'c'].map((name) => ({
      id: agencyOf(name),
      name: `Agency ${name}`,
      system: 'probation' as const,
      countyFips: '06001',
      deduplicated: deduplicated.includes(name),
    })),
    agreements: [],
  });
}

export function agencyOf(source: string): string {
  return `AG-${source.toUpperCase()}`;
}

/** Rows that come or change, and rows that go; the fields are given, surname, birth date, ssn and ZIP code. */
export async function deliverLinkage(
  loader: DataSource,
  delivery: number,
  rows: readonly Row[],
  gone: readonly Row[] = [],
  form: { readonly mode?: string; readonly keyVersion?: string; readonly clk?: (row: Row) => string } = {},
): Promise<void> {
  const onlyClk = form.mode === 'clk' && form.clk !== undefined;
  await transaction(loader, async ({ client }) => {
    for (const [line, row] of [...rows, ...gone].entries()) {
      const [given = '', surname = '', birth = '', ssn = '', zip = ''] = row.values;
      const encoded = encodePerson(encoder, [given, surname, birth, ssn, '', zip, '', '']);
      const surrogate = Buffer.from(surrogateOf(row), 'hex');
      const agency = agencyOf(row.source);
      await client.query(
        `UPDATE linkage.person_linkage SET known_to = clock_timestamp()
         WHERE source_agency = $1 AND surrogate = $2 AND known_to = 'infinity' AND key_version = $3`,
        [agency, surrogate, form.keyVersion ?? keyVersion],
      );
      await client.query(
        `INSERT INTO linkage.person_linkage (source_record_id, source_agency, county_fips, record_version, op,
           source_updated_at, surrogate, mode, key_version, tokens, filters, delivery, line, known_from, clk)
         VALUES ($1, $2, '06001', $3::integer, $4, '2026-01-01', $5, $6, $7, $8, $9, $3::integer, $10, clock_timestamp(), $11)`,
        [
          `record-${row.id}`,
          agency,
          delivery,
          line < rows.length ? 'insert' : 'delete',
          surrogate,
          form.mode ?? 'field',
          form.keyVersion ?? keyVersion,
          onlyClk ? null : `${encoder.layoutId}:${Buffer.from(encoded.tokens).toString('base64url')}`,
          onlyClk ? null : `${encoder.layoutId}:${Buffer.from(encoded.filters).toString('base64')}`,
          line,
          form.clk?.(row) ?? null,
        ],
      );
      await client.query('INSERT INTO linkage.person_token VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [
        agency,
        tokenOf(row),
        surrogate,
      ]);
    }
  });
}

/** Surrogates by person, each person's and all persons in order of text, so that two states can be compared. */
export function grouped(persons: ReadonlyMap<string, string>): string[] {
  const groups = Map.groupBy(persons.keys(), (surrogate) => persons.get(surrogate));
  return [...groups.values()].map((members) => members.toSorted().join(' ')).toSorted();
}

export async function membership(linker: DataSource, asOf?: number): Promise<Map<string, string>> {
  const from = asOf === undefined ? 'persons.membership' : `persons.membership_as_of(${asOf})`;
  const rows = await linker.query<{ surrogate: string; person: string }[]>(
    `SELECT encode(surrogate, 'hex') AS surrogate, encode(person_id, 'hex') AS person FROM ${from}`,
  );
  return new Map(rows.map(({ surrogate, person }) => [surrogate, person]));
}

export async function links(linker: DataSource): Promise<string[]> {
  const rows = await linker.query<{ link: string }[]>(
    `SELECT encode(a, 'hex') || ' ' || encode(b, 'hex') || ' ' || weight || ' ' || pattern AS link
     FROM persons.link ORDER BY link`,
  );
  return rows.map(({ link }) => link);
}
