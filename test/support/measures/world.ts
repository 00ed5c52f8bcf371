/** Rows of made-up young people, put where intake and linkage would have put them. */
import { createHash, randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { ExampleRow } from '../../../src/contracts/metric-example.ts';
import { transaction } from '../../../src/db/transaction.ts';
import type { TestDatabase } from '../database.ts';

/** Agencies by the first letters of their ids, all of one county unless the row says another. */
const SYSTEMS: Readonly<Record<string, string>> = {
  CW: 'child_welfare',
  PR: 'probation',
  HL: 'health',
  ED: 'education',
  CB: 'cross_system',
};
const COUNTY = '06001';

export class MeasuresWorld {
  readonly #database: TestDatabase;
  #line = 0;

  constructor(database: TestDatabase) {
    this.#database = database;
  }

  /** Takes every row and membership away, as no role but the owner could. */
  async clear(): Promise<void> {
    const owner = await this.#database.as('owner');
    const tables = await owner.query<{ name: string }[]>(
      `SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) AS name FROM pg_tables
       WHERE schemaname = 'events' OR schemaname = 'measures' AND tablename = 'build'`,
    );
    await owner.query(`TRUNCATE ${tables.map(({ name }) => name).join(', ')}, persons.membership`);
  }

  /** One delivery with these rows. */
  async deliver(rows: readonly ExampleRow[]): Promise<void> {
    const loader = await this.#database.as('loader');
    await transaction(
      loader,
      async ({ client }) => {
        for (const { from } of rows)
          await client.query(
            'INSERT INTO governance.agency (id, name, system, county_fips) VALUES ($1, $1, $2, $3) ON CONFLICT DO NOTHING',
            [from, SYSTEMS[from.slice(0, 2)], COUNTY],
          );
        await client.query(
          `INSERT INTO governance.agreement (id, agencies, record_types, purposes, minor_consent_services, content_up_front, effective_from)
           VALUES ('AG', '{CW-1}', '{}', '{}', true, true, '2020-01-01') ON CONFLICT DO NOTHING`,
        );
        const loaded = await client.query<{ id: string }>(
          `INSERT INTO ops.delivery (source_agency, delivery_id, agreement_id, extract_kind, as_of, manifest_hash, loaded_at)
           VALUES ($1, $2, 'AG', 'delta', '2020-01-01', repeat('0', 64), now()) RETURNING id`,
          [rows[0]?.from, randomUUID()],
        );
        const delivery = loaded.rows[0]?.id;
        for (const row of rows) {
          const cells: Record<string, unknown> = {
            source_record_id: `r${++this.#line}`,
            source_agency: row.from,
            county_fips: COUNTY,
            record_version: 1,
            op: 'insert',
            source_updated_at: '2020-01-01T00:00:00Z',
            delivery,
            line: this.#line,
            known_from: '2020-01-01T00:00:00Z',
            ...(row.of === undefined ? {} : { surrogate: surrogateOf(row.of, row.from) }),
            ...(row.record === 'identification' ? { residence_county: COUNTY } : {}),
            ...row.fields,
          };
          const names = Object.keys(cells);
          await client.query(
            `INSERT INTO events.${row.record} (${names.join(', ')}) VALUES (${names.map((_, at) => `$${at + 1}`).join(', ')})`,
            Object.values(cells),
          );
        }
      },
      { county: '*' },
    );
    await link(await this.#database.as('linker'), rows);
  }
}

/** Everybody with the same letter is the same young person, whichever agency knows them. */
async function link(linker: DataSource, rows: readonly ExampleRow[]): Promise<void> {
  for (const { of, from } of rows)
    if (of !== undefined)
      await linker.query(
        'INSERT INTO persons.membership (surrogate, person_id) VALUES ($1, $2) ON CONFLICT DO NOTHING',
        [surrogateOf(of, from), bytes(of)],
      );
}

function surrogateOf(person: string, agency: string): Buffer {
  return bytes(`${person} at ${agency}`);
}

function bytes(text: string): Buffer {
  return createHash('sha256').update(text).digest().subarray(0, 16);
}
