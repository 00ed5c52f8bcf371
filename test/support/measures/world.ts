/** Rows of made-up young people, put where intake and linkage would have put them. */
import { createHash, randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
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

  /** Takes every row, membership and linkage away, as no role but the owner could. */
  async clear(): Promise<void> {
    const owner = await this.#database.as('owner');
    const tables = await owner.query<{ name: string }[]>(
      `SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) AS name FROM pg_tables
       WHERE schemaname = 'events' OR schemaname = 'measures' AND tablename = 'build'`,
    );
    this.#line = 0;
    await owner.query(
      `TRUNCATE ${tables.map(({ name }) => name).join(', ')}, persons.membership, persons.linkage CASCADE`,
    );
  }

  /** One delivery with these rows, known from a day on. */
  async deliver(rows: readonly ExampleRow[], knownFrom = '2020-01-01'): Promise<void> {
    const loader = await this.#database.as('loader');
    const known = `${knownFrom}T12:00:00Z`;
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
          if (row.record === 'person') await this.#replace(client, row, known);
          const cells: Record<string, unknown> = {
            source_record_id: `r${++this.#line}`,
            source_agency: row.from,
            county_fips: COUNTY,
            record_version: 1,
            op: 'insert',
            source_updated_at: '2020-01-01T00:00:00Z',
            delivery,
            line: this.#line,
            known_from: known,
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

  /** An agency's newer word on a young person takes the place of its older one. */
  async #replace(client: PoolClient, { of = '', from }: ExampleRow, at: string): Promise<void> {
    await client.query(
      `UPDATE events.person SET known_to = $2 WHERE surrogate = $1 AND known_to = 'infinity'`,
      [surrogateOf(of, from), at],
    );
  }

  /** Closes rows that were delivered, by their place among all of them. */
  async withdraw(places: readonly number[]): Promise<void> {
    const loader = await this.#database.as('loader');
    await transaction(
      loader,
      async ({ client }) => {
        const { rows: tables } = await client.query<{ name: string }>(
          `SELECT table_name AS name FROM information_schema.columns
           WHERE table_schema = 'events' AND column_name = 'source_record_id' ORDER BY 1`,
        );
        for (const place of places)
          for (const { name } of tables)
            await client.query(
              `UPDATE events.${name} SET known_to = clock_timestamp() WHERE known_to = 'infinity' AND source_record_id = $1`,
              [`r${1 + (place % Math.max(1, this.#line))}`],
            );
      },
      { county: '*' },
    );
  }

  /** Linkage finds that whom an agency knows is another young person. */
  async join({ of, from, to }: { of: string; from: string; to: string }): Promise<void> {
    const linker = await this.#database.as('linker');
    await linker.query('UPDATE persons.membership SET person_id = $2 WHERE surrogate = $1', [
      surrogateOf(of, from),
      personOf(to),
    ]);
  }
}

/** Everybody with the same letter is the same young person, whichever agency knows them. */
async function link(linker: DataSource, rows: readonly ExampleRow[]): Promise<void> {
  for (const { of, from } of rows)
    if (of !== undefined)
      await linker.query(
        'INSERT INTO persons.membership (surrogate, person_id) VALUES ($1, $2) ON CONFLICT DO NOTHING',
        [surrogateOf(of, from), personOf(of)],
      );
}

export function surrogateOf(person: string, agency: string): Buffer {
  return personOf(`${person} at ${agency}`);
}

export function personOf(text: string): Buffer {
  return createHash('sha256').update(text).digest().subarray(0, 16);
}
