/**
 * A made-up state with content for many who are not in scope, put where intake and linkage would have put it. The
 * rows are those of `synthesize --stress` in shared codes; intake and linkage have benches of their own.
 */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { deliveredRecords, type RecordTable, recordTable } from '../../etl/load/record-table.ts';
import { Agencies } from '../../etl/synthesize/agencies.ts';
import { dayOf, momentText, yearOf } from '../../etl/synthesize/day.ts';
import { figures } from '../../etl/synthesize/figures/figures.ts';
import { hiddenTruth } from '../../etl/synthesize/hidden.ts';
import { tellHistory } from '../../etl/synthesize/histories/history.ts';
import { household, type World } from '../../etl/synthesize/household.ts';
import { membershipsOf } from '../../etl/synthesize/membership.ts';
import { personRow } from '../../etl/synthesize/person-row.ts';
import { placesOf, share } from '../../etl/synthesize/places.ts';
import { teamsOf } from '../../etl/synthesize/required-parties.ts';
import { sizes } from '../../etl/synthesize/size.ts';
import type { Row } from '../../etl/synthesize/story.ts';
import { AS_OF, isStressed } from '../../etl/synthesize/synthesize.ts';
import type { Contracts } from '../../src/contracts/contracts.ts';
import { copyIn, copyText } from '../../src/db/copy.ts';
import { transaction } from '../../src/db/transaction.ts';

export interface Filled {
  readonly contentRows: number;
  readonly people: number;
}

const SEED = 1;
/** As much text as is held before it is sent. */
const AT_ONCE = 1 << 22;

export async function fillStressHub(
  owner: DataSource,
  loader: DataSource,
  contracts: Contracts,
  people: number,
): Promise<Filled> {
  const tables = new Map(
    deliveredRecords(contracts)
      .map(recordTable)
      .filter(({ schema }) => schema === 'events')
      .map((table) => [table.record, table]),
  );
  const filled = await transaction(owner, async ({ client }) => {
    for (const { record, columns } of tables.values())
      await client.query(
        `CREATE UNLOGGED TABLE public.made_up_${record} (${columns.map(({ name, type }) => `${name} ${type}`).join(', ')});
         GRANT SELECT ON public.made_up_${record} TO tessera_loader`,
      );
    await client.query('GRANT USAGE ON SCHEMA public TO tessera_loader');
    await client.query('CREATE UNLOGGED TABLE public.made_up_member (surrogate bytea, person_id bytea)');
    return writeState(client, contracts, tables, people);
  });
  await transaction(loader, ({ client }) => takeOver(client, contracts, tables), { county: '*' });
  await owner.query(
    `INSERT INTO persons.membership (surrogate, person_id) SELECT surrogate, person_id FROM public.made_up_member ON CONFLICT DO NOTHING`,
  );
  const made = [...tables.keys(), 'member'].map((record) => `public.made_up_${record}`);
  await owner.query(`DROP TABLE ${made.join(', ')}`);
  const filledTables = [...tables.keys()].map((record) => `events.${record}`);
  await owner.query(`ANALYZE ${[...filledTables, 'persons.membership'].join(', ')}`);
  return filled;
}

/** The same loop as the synthesizer's, without mishaps, nights and files. */
async function writeState(
  client: PoolClient,
  contracts: Contracts,
  tables: ReadonlyMap<string, RecordTable>,
  people: number,
): Promise<Filled> {
  const places = placesOf(contracts);
  const from = dayOf(yearOf(AS_OF) - sizes.state.years, 7, 1);
  const world: World = { seed: SEED, asOf: AS_OF, from, places, requiredInTeams: teamsOf(contracts) };
  const agencies = new Agencies(contracts, places);
  const pending = new Map<string, string>();
  let contentRows = 0;
  const write = async (table: string, columns: readonly string[], line: string): Promise<void> => {
    const text = `${pending.get(table) ?? ''}${line}`;
    pending.set(table, text);
    if (text.length > AT_ONCE) await flush(table, columns);
  };
  const flush = async (table: string, columns: readonly string[]): Promise<void> => {
    await copyIn(client, `public.made_up_${table}`, columns, Readable.from([pending.get(table) ?? '']));
    pending.set(table, '');
  };
  const send = async (row: Row): Promise<void> => {
    const table = tables.get(row.record);
    if (table === undefined || row.updated > AS_OF) return;
    contentRows++;
    await write(row.record, namesOf(table), lineOf(table, row));
  };
  const counts = share(places, people);
  for (const [i, place] of places.entries()) {
    let left = counts[i] ?? 0;
    for (let number = 0; left > 0; number++)
      for (const person of household(world, place, number).slice(0, left)) {
        left--;
        const hidden = hiddenTruth(world, person, agencies, sizes.state.rate);
        const memberships = membershipsOf(world, person, hidden, agencies);
        const stressed = isStressed(SEED, person);
        const history = tellHistory(world, person, hidden, memberships, AS_OF, stressed);
        for (const who of memberships) {
          const surrogate = bytea(`${who.agency} ${who.localId}`);
          await write('member', ['surrogate', 'person_id'], `${surrogate}\t${bytea(person.id)}\n`);
          if (history.withContent) await send(personRow(SEED, person, who, AS_OF));
        }
        for (const row of history.rows) await send(row);
      }
  }
  for (const row of figures(world, agencies)) await send(row);
  for (const [name, text] of pending)
    if (text !== '')
      await flush(
        name,
        name === 'member' ? ['surrogate', 'person_id'] : namesOf(tables.get(name) as RecordTable),
      );
  return { contentRows, people };
}

function namesOf({ columns }: RecordTable): string[] {
  return columns.map(({ name }) => name);
}

function lineOf({ columns }: RecordTable, row: Row): string {
  const own: Readonly<Record<string, string>> = {
    source_record_id: row.id,
    source_agency: row.agency,
    county_fips: row.county,
    record_version: '1',
    op: 'insert',
    source_updated_at: momentText(row.updated, 1200),
    surrogate: row.localId === undefined ? '' : bytea(`${row.agency} ${row.localId}`),
  };
  const cells = new Map(Object.entries(row.cells).map(([name, value]) => [name.toLowerCase(), value]));
  const values = columns.map(({ name, type }) => {
    if (name === 'surrogate') return own[name];
    const value = own[name] ?? cells.get(name) ?? '';
    if (value === '') return '\\N';
    return copyText(type === 'text[]' ? `{${value.replaceAll(';', ',')}}` : value);
  });
  return `${values.join('\t')}\n`;
}

function bytea(text: string): string {
  return `\\\\x${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
}

/** One delivery of everything. What an agency made up twice is taken once, as intake would. */
async function takeOver(
  client: PoolClient,
  contracts: Contracts,
  tables: ReadonlyMap<string, RecordTable>,
): Promise<void> {
  await client.query(
    `INSERT INTO governance.agency (id, name, system, county_fips)
     SELECT * FROM jsonb_to_recordset($1) AS a (id text, name text, system text, county_fips text)`,
    [
      JSON.stringify(
        [...contracts.mappings.values()]
          .filter(({ madeUp }) => madeUp)
          .map(({ agency, system, counties }) => ({
            id: agency,
            name: `Made-up data: ${agency}`,
            system,
            county_fips: counties[0] === 'all' ? '06037' : counties[0],
          })),
      ),
    ],
  );
  const delivery = await deliveryNumber(client);
  for (const table of tables.values()) {
    const columns = namesOf(table).join(', ');
    await client.query(
      `INSERT INTO events.${table.record} (${columns}, delivery, line, known_from)
       SELECT ${columns}, ${delivery}, 1, now() FROM public.made_up_${table.record} ON CONFLICT DO NOTHING`,
    );
  }
}

export async function deliveryNumber(client: PoolClient): Promise<string> {
  await client.query(
    `INSERT INTO governance.agreement (id, agencies, record_types, purposes, minor_consent_services, content_up_front, effective_from)
     SELECT 'AG-1', ARRAY[min(id)], '{}', '{}', true, true, '2020-01-01' FROM governance.agency ON CONFLICT DO NOTHING`,
  );
  const { rows } = await client.query<{ id: string }>(
    `INSERT INTO ops.delivery (source_agency, delivery_id, agreement_id, extract_kind, as_of, manifest_hash, loaded_at)
     SELECT min(id), gen_random_uuid(), 'AG-1', 'delta', '2026-07-01T06:59:00Z', repeat('0', 64), clock_timestamp()
     FROM governance.agency RETURNING id`,
  );
  return rows[0]?.id ?? '';
}
