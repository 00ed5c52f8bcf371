/** The asset map in the database: what comes in, what is refused, and what its constraints do not let happen. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importProviders } from '../../etl/providers/import.ts';
import { madeUpDirectory } from '../../etl/synthesize/directory/directory.ts';
import { loadContracts } from '../../src/contracts/contracts.ts';
import { type Claims, transaction } from '../../src/db/transaction.ts';
import { directoryCsv } from '../../src/providers/as-csv.ts';
import { type Texts, textsOf } from '../../src/providers/as-texts.ts';
import { carriedOver } from '../../src/providers/carried-over.ts';
import { directory } from '../../src/providers/directory.ts';
import { toHsds } from '../../src/providers/hsds/to-hsds.ts';
import type { ImportPlan } from '../../src/providers/plan-import.ts';
import { waitingEntries } from '../../src/providers/waiting.ts';
import { testDatabase } from '../support/database.ts';
import { hidden, row } from './rows.ts';

const contracts = loadContracts();
const database = testDatabase();
const made = madeUpDirectory(contracts, 7, 20_634);
const folder = mkdtempSync(join(tmpdir(), 'tessera-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

const take = async (text: string, ending = 'csv', dryRun = false): Promise<ImportPlan> => {
  const file = join(folder, `programs.${ending}`);
  writeFileSync(file, text);
  const loader = await database.as('loader');
  return importProviders({ loader, requestedBy: 'test', dryRun, otherwise: {} }, file);
};
const csv = (...rows: readonly Texts[]): string => directoryCsv(contracts, rows);
const sql = async (text: string, values: unknown[] = [], claims: Claims = { county: '*' }): Promise<Row[]> =>
  transaction(
    await database.as('loader'),
    async ({ client }) => (await client.query<Row>(text, values)).rows,
    claims,
  );
type Row = Record<string, unknown>;

beforeAll(async () => {
  expect((await take(csv(...made))).fresh).toHaveLength(600);
});

describe('an import', () => {
  test('of what an export wrote changes nothing, as rows and as HSDS', async () => {
    const loader = await database.as('loader');
    const { programs } = await directory(loader);
    const again = await take(csv(...programs.map(textsOf)));
    expect([again.unchanged, again.waiting.length, again.refusedRows]).toEqual([600, 0, 0]);
    const document = toHsds(contracts, programs, await carriedOver(loader));
    const back = await take(JSON.stringify(document), 'json', true);
    expect(back.changed.map(({ fields }) => fields)).toEqual([]);
    expect([back.unchanged, back.waiting.length, back.refusedRows]).toEqual([600, 0, 0]);
  });

  test('says in a dry run what it will do, and does it once', async () => {
    const [first] = (await directory(await database.as('loader'))).programs;
    if (first === undefined) throw new Error('no program');
    const changed = csv({ ...textsOf(first), phone: '(424) 555-0199' }, row());
    const dry = await take(changed, 'csv', true);
    expect([dry.changed.map(({ line, fields }) => [line, fields]), dry.fresh.length]).toEqual([
      [[2, ['phone']]],
      1,
    ]);
    expect((await take(changed)).fresh).toHaveLength(1);
    expect((await take(changed)).unchanged).toBe(2);
    const history = await sql('SELECT entry FROM directory.history WHERE id = $1', [first.id]);
    expect(history).toHaveLength(1);
  });

  test('names every problem by its line, and takes the rows without one', async () => {
    const plan = await take(
      csv(
        row({ provider: 'Velpavi Project (made up)', phone: '(424) 555-0150', street: '1 Istrella Way' }),
        row({ ...hidden, zip: '90100' }),
        row({ occupied: '21', min_age: '18', max_age: '12' }),
        row({ needs: 'HN.NOTHING' }),
        row({ provider: 'Velpavi Project (made up)', phone: '(424) 555-0150', street: '1 Istrella Way' }),
      ),
    );
    expect(plan.fresh.map(({ line }) => line)).toEqual([2]);
    expect(plan.refused.map(({ line, field }) => [line, field])).toEqual([
      [3, 'zip'],
      [4, 'max_age'],
      [4, 'occupied'],
      [5, 'needs'],
      [6, ''],
    ]);
  });

  test('proposes what may be there already, with the reason, and joins nothing', async () => {
    const plan = await take(
      csv(
        // A letter that was mistyped, another number and another street.
        row({ provider: 'Orovnta House', phone: '(657) 555-0142', street: '9 Elmquist Road' }),
        row({ provider: 'Another name', program: 'Trauma Clinic' }),
      ),
    );
    expect(plan.waiting.map(({ line, reasons }) => [line, reasons])).toEqual([
      [2, ['looks like an entry by name']],
      [3, ['looks like an entry by phone and address']],
    ]);
    const api = await database.as('api');
    expect(await waitingEntries(api, { county: '06037' }, 10)).toHaveLength(2);
    expect(await waitingEntries(api, { county: '06001' }, 10)).toHaveLength(0);
  });

  test('refuses a file with a column that it does not know', async () => {
    await expect(take('provider,shoe_size\nA,3\n')).rejects.toMatchObject({ code: 'PROVIDER_COLUMNS' });
  });
});

describe('the database', () => {
  const site = async (values: string): Promise<unknown> =>
    sql(
      `INSERT INTO directory.site (id, provider_id, confidential, street, city, latitude, longitude)
       SELECT gen_random_uuid(), id, ${values} FROM directory.provider LIMIT 1`,
    );

  test('refuses an address or a point of a confidential place, whoever writes it', async () => {
    const broken = { code: '23514', constraint: 'a_confidential_place_is_nowhere' };
    await expect(site(`true, '1 Istrella Way', 'Made-up City', NULL, NULL`)).rejects.toMatchObject(broken);
    await expect(site('true, NULL, NULL, 34, -118')).rejects.toMatchObject(broken);
    await expect(
      sql(`INSERT INTO directory.waiting (id, texts, reasons, counties, came_by)
           VALUES (gen_random_uuid(), '{"confidential": "true", "street": "1 Istrella Way"}', '{x}', '{}', 'test')`),
    ).rejects.toMatchObject(broken);
  });

  test('refuses a confidential program that one county would give away, or that stands at an open place', async () => {
    const change = (set: string): Promise<unknown> =>
      sql(
        `UPDATE directory.program SET ${set} WHERE id = (SELECT id FROM directory.program WHERE confidential LIMIT 1)`,
      );
    await expect(change(`counties = '{06037}'`)).rejects.toMatchObject({
      constraint: 'a_confidential_region_is_no_county',
    });
    await expect(change(`kept_by = '06037'`)).rejects.toMatchObject({
      constraint: 'one_county_keeps_an_open_place',
    });
    await expect(change(`content = content || '{"street": "1 Istrella Way"}'`)).rejects.toMatchObject({
      constraint: 'content_says_no_place',
    });
    await expect(
      change('site_id = (SELECT id FROM directory.site WHERE NOT confidential LIMIT 1)'),
    ).rejects.toMatchObject({ code: '23503' });
  });

  test('refuses more taken than there are', async () => {
    await expect(sql('UPDATE directory.capacity SET occupied = places + 1')).rejects.toMatchObject({
      constraint: 'no_more_are_taken_than_there_are',
    });
  });

  test('lets a county change its own entries and no other’s', async () => {
    const change = async (county: string): Promise<Row[]> =>
      sql(`UPDATE directory.program SET version = version + 1 WHERE kept_by = '06037' RETURNING id`, [], {
        county,
      });
    expect(await change('06001')).toEqual([]);
    expect((await change('06037')).length).toBeGreaterThan(10);
  });

  test('forgets where a place was when it becomes confidential', async () => {
    const loader = await database.as('loader');
    const texts = row({
      provider: 'Kirigwynn Center (made up)',
      street: '77 Hollowin Avenue',
      phone: '(424) 555-0177',
    });
    await take(csv(texts));
    const id =
      (await directory(loader)).programs.find(({ provider }) => provider.startsWith('Kirigwynn Center'))
        ?.id ?? '';
    await take(csv({ ...texts, id, max_age: '18' }));
    await take(csv({ ...texts, id, ...hidden }));
    const held = await sql(
      `SELECT (SELECT count(*)::int FROM directory.site WHERE street LIKE '77 Hollowin%') AS sites,
         (SELECT count(*)::int FROM directory.history WHERE entry::text LIKE '%' || $1 || '%' AND kind = 'program') AS history,
         (SELECT confidential FROM directory.program WHERE id = $1::uuid) AS confidential`,
      [id],
    );
    expect(held).toEqual([{ sites: 0, history: 0, confidential: true }]);
  });
});

test('whatever other directories say, a confidential program has no place in an export', async () => {
  const loader = await database.as('loader');
  const programs = (await directory(loader)).programs.filter(({ place }) => place.kind === 'confidential');
  const text = JSON.stringify(toHsds(contracts, programs, await carriedOver(loader)));
  expect(programs.length).toBeGreaterThan(20);
  expect(text).not.toMatch(/"(?:latitude|longitude|addresses|address_1|locations|service_at_locations)"/);
});
