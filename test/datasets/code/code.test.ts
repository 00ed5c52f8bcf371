/** Queries that researchers send, against a real database: what is refused, what runs, what is told, and who decides. */
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { checkContracts } from '../../../src/contracts/check/check.ts';
import { loadContracts } from '../../../src/contracts/contracts.ts';
import { catalogueEntry } from '../../../src/datasets/code/catalogue-entry.ts';
import { metricSql, tableSql } from '../../../src/datasets/code/printed.ts';
import { readQuery } from '../../../src/datasets/code/query.ts';
import { cellsInside, runInside } from '../../../src/datasets/code/run-inside.ts';
import { sendQuery } from '../../../src/datasets/code/send-query.ts';
import {
  markApproved,
  moveQuery,
  reviewQuery,
  sentQueries,
  sentQuery,
} from '../../../src/datasets/code/sent-queries.ts';
import { transaction } from '../../../src/db/transaction.ts';
import { SchemaCopy } from '../../contracts/schema-copy.ts';
import { testDatabase } from '../../support/database.ts';

const database = testDatabase();
const contracts = loadContracts();
const author = { id: randomUUID(), name: 'R. Researcher' };
const [steward, advisor] = ['S. Steward', 'V. Advisor'].map((name) => ({ id: randomUUID(), name })) as [
  typeof author,
  typeof author,
];

const GOOD = `SELECT p.period, p.age_band_public, count(DISTINCT person_id) AS n,
    count(*) FILTER (WHERE 'probation' = ANY (sources) OR newness = 'new') AS met
  FROM person_period AS p WHERE identified AND p.age BETWEEN 10 AND 17 AND NOT (county IN ('06001', '06003'))
  GROUP BY 1, 2 ORDER BY 3 DESC`;
const sending = { title: 'A table', question: 'How many are there?' };
let told: Awaited<ReturnType<typeof send>>;

async function send(text: string, metric = `metric_${Math.random().toString(36).slice(2, 10)}`) {
  const parts = { api: await database.as('api'), researcher: await database.as('researcher'), contracts };
  return sendQuery(parts, author, { ...sending, metric, text });
}

beforeAll(async () => {
  // Of a hub in which nobody is.
  told = await send(GOOD);
  const measurer = await database.as('measurer');
  await measurer.query(`INSERT INTO measures.person_period
    SELECT sha256(convert_to(i::text, 'UTF8')), (2023 + i % 2)::text, 'year', '2023-01-01', '2023-12-31',
      (ARRAY['confirmed', 'suspected', 'at_risk'])[1 + i % 3], i % 3 < 2, i % 7 < 5,
      CASE WHEN i % 4 = 0 THEN ARRAY['probation', 'education'] ELSE ARRAY['child_welfare'] END, i % 5 > 0,
      CASE i % 3 WHEN 0 THEN 'new' WHEN 1 THEN 'existing' END, NULL, 8 + i % 13, 'A14_15',
      (ARRAY['P00_11', 'P12_14', 'P15_17', 'P18_20'])[1 + i % 4], (ARRAY['female', 'male', 'unknown'])[1 + i % 3],
      'unknown', 'unknown', 'unknown', (ARRAY['HISP', 'BLACK', 'WHITE'])[1 + i % 3],
      (ARRAY['06001', '06003', '06005', '06037'])[1 + i % 4], '06001', '06001'
    FROM generate_series(1, 400) i`);
}, 60_000);

describe('what is sent and refused', () => {
  test.each([
    ['WRITES', 'DELETE FROM person_period'],
    ['WRITES', 'SELECT period, count(*) INTO own FROM person_period GROUP BY 1'],
    ['WRITES', 'WITH gone AS (DELETE FROM person_period RETURNING *) SELECT count(*) FROM gone'],
    ['WRITES', "COPY person_period TO PROGRAM 'cat'"],
    ['WRITES', 'SELECT period, count(*) FROM person_period GROUP BY 1 FOR UPDATE'],
    ['WRITES', 'DO $$ BEGIN END $$'],
    ['NOT_ONE_STATEMENT', 'SELECT 1; DROP TABLE person_period'],
    ['LOOPS', 'WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT count(*) FROM t'],
    ['LOOPS', 'SELECT count(*) FROM generate_series(1, 10000000000)'],
    ['LOOPS', 'SELECT count(*) FROM person_period a, person_period b, person_period c'],
    ['LOOPS', 'SELECT a.period, count(*) FROM person_period a JOIN person_period b ON true GROUP BY 1'],
    [
      'LOOPS',
      'SELECT period, count(*) FROM person_period WHERE EXISTS (SELECT FROM person_period WHERE age = 14) GROUP BY 1',
    ],
    ['OTHER_TABLE', 'SELECT period, count(*) FROM measures.person_period GROUP BY 1'],
    ['OTHER_TABLE', 'SELECT count(*) FROM pg_catalog.pg_authid'],
    ['OTHER_TABLE', 'SELECT period, count(*) FROM young_person GROUP BY 1'],
    ['NAMES_A_PERSON', "SELECT period, count(*) FROM person_period WHERE person_id = '\\x00' GROUP BY 1"],
    ['NAMES_A_PERSON', 'SELECT period, person_id, count(*) FROM person_period GROUP BY 1, 2'],
    ['NAMES_A_PERSON', 'SELECT period, min(person_id) FROM person_period GROUP BY 1'],
    ['NOT_UNDERSTOOD', "SELECT period, count(*) FROM person_period WHERE county = 'A Name' GROUP BY 1"],
    ['NOT_UNDERSTOOD', 'SELECT period, count(*) FROM person_period WHERE pg_sleep(9) IS NULL GROUP BY 1'],
    ['NOT_UNDERSTOOD', 'SELECT period, count(*) FROM person_period TABLESAMPLE SYSTEM (1) GROUP BY 1'],
    ['NOT_UNDERSTOOD', 'SELECT period, count(*) FROM person_period GROUP BY 1 HAVING count(*) = 3'],
    ['NOT_AGGREGATED', 'SELECT period, count(*), 1 / (count(*) - 3) FROM person_period GROUP BY 1'],
    ['NOT_AGGREGATED', 'SELECT period, count(DISTINCT age) FROM person_period GROUP BY 1'],
    ['NOT_AGGREGATED', 'SELECT county, count(*) FROM person_period GROUP BY 1'],
    ['TOO_FINE', 'SELECT period, county, sex, newness, count(*) FROM person_period GROUP BY 1, 2, 3, 4'],
    ['WITHHELD', 'SELECT period, lgbtq, count(*) FROM person_period GROUP BY 1, 2'],
    ['NOT_SQL', 'SELEC period'],
  ])('%s: %s', async (code, text) => {
    await expect(send(text, 'a_refused_one')).rejects.toMatchObject({ code });
    const [newest] = await sentQueries(await database.as('api'));
    expect(newest).toMatchObject({ state: 'refused', reason: code, text, query: null, author: author.id });
  });

  test('a refusal repeats nothing of the text', async () => {
    const refused = await send("SELECT 'Canary' FROM Canary WHERE county = 'Canary' -- Canary").catch(
      (error: Error) => error.message,
    );
    expect(refused).toMatch(/^It reads another table/);
    expect(refused).not.toContain('Canary');
  });
});

describe('what runs', () => {
  test('is told in words that are the same whatever is in the data', async () => {
    const again = await send(GOOD);
    expect({ ...again, id: '' }).toEqual({ ...told, id: '' });
    expect(again).toEqual({
      id: expect.any(String),
      state: 'pending',
      columns: ['period', 'age_band', 'count', 'of'],
      dimensions: ['age_band'],
      statistic: 'share',
      cells: 'up to 10',
    });
  });

  test.each([
    GOOD,
    `SELECT period, county, count(*) FROM person_period WHERE identified AND sex <> 'unknown' GROUP BY 1, 2`,
    `SELECT count(*) FILTER (WHERE minor), period, newness FROM person_period WHERE agree = true AND newness IS NOT NULL GROUP BY period, newness`,
    `SELECT status, count(*), period FROM person_period WHERE identified AND (age >= 15 OR race_ethnicity IN ('HISP')) GROUP BY 1, 3`,
  ])('is counted as the text would have been: %s', async (text) => {
    const query = await readQuery(text, contracts);
    const inOrder = (rows: readonly Record<string, unknown>[]) =>
      rows.map((row) => JSON.stringify(Object.values(row).map(String).toSorted())).toSorted();
    const measurer = await database.as('measurer');
    const asked = await transaction(measurer, async ({ client }) => {
      await client.query('SET LOCAL search_path = measures');
      const own = await client.query<Record<string, unknown>>(text);
      const printed = await client.query<{ counted: string; whole: string }>(tableSql(query));
      const columns = `period${query.dimensions.map((_, at) => `, d${at}`).join('')}`;
      const names = ['unit', 'period', ...query.dimensions.map((_, at) => `d${at}`), 'met'];
      const metric = await client.query<Record<string, unknown>>(
        `SELECT ${columns}, count(DISTINCT unit) AS n${query.met === undefined ? '' : ', count(DISTINCT unit) FILTER (WHERE met) AS met'}
         FROM (${metricSql(query)}) m (${names.slice(0, query.met === undefined ? -1 : undefined).join(', ')}) GROUP BY ${columns}`,
      );
      const rows = printed.rows.map(({ counted, whole, ...dims }) =>
        query.met === undefined ? { ...dims, counted } : { ...dims, counted, whole },
      );
      return { own: own.rows, rows, metric: metric.rows.map((row) => Object.values(row)) };
    });
    expect(asked.own.length).toBeGreaterThan(1);
    expect(inOrder(asked.rows)).toEqual(inOrder(asked.own));
    expect(inOrder(asked.metric as never)).toEqual(inOrder(asked.own));
    const { cells, small } = await cellsInside(await database.as('researcher'), query);
    expect(cells).toBe(asked.own.length);
    expect(small).toBeLessThanOrEqual(cells);
  });

  test('is stopped where it has to wait', async () => {
    const query = await readQuery(GOOD, contracts);
    const researcher = await database.as('researcher');
    const outcome = await transaction(await database.as('owner'), async ({ client }) => {
      await client.query('LOCK TABLE measures.person_period IN ACCESS EXCLUSIVE MODE');
      return runInside(researcher, query);
    });
    expect(outcome).toBe('stopped');
    expect(await runInside(researcher, query)).toBe('ran');
  });
});

describe('the role that runs it', () => {
  test.each([
    ['42501', 'SELECT * FROM measures.person_period'],
    ['42501', 'SELECT * FROM measures.young_person'],
    ['42501', 'SELECT * FROM persons.membership'],
    ['42501', 'SELECT * FROM linkage.person_token'],
    ['42501', 'SELECT * FROM release.figure'],
    ['42501', 'SELECT * FROM code.sent'],
    ['42501', "INSERT INTO enclave.person_period (period) VALUES ('2024')"],
    ['42501', 'DELETE FROM enclave.person_period'],
    ['42501', 'CREATE TABLE enclave.own (n integer)'],
    ['25006', 'CREATE TEMPORARY TABLE own (n integer)'],
    ['42501', "SELECT pg_read_file('/etc/passwd')"],
    ['42501', "COPY (SELECT 1) TO '/tmp/own'"],
    ['42501', 'SET ROLE tessera_measurer'],
    [
      '57014',
      'SELECT count(*) FROM enclave.person_period a, enclave.person_period b, enclave.person_period c, enclave.person_period d',
    ],
    ['57014', 'SELECT count(*) FROM generate_series(1, 10000000000)'],
    ['57014', 'SELECT pg_sleep(60)'],
  ])('meets %s: %s', async (code, sql) => {
    const researcher = await database.as('researcher');
    const asked = transaction(researcher, async ({ client }) => {
      await client.query("SET LOCAL statement_timeout = '300ms'");
      // As every run begins; the rights alone are looked at without it.
      if (code === '25006') await client.query('SET TRANSACTION READ ONLY');
      await client.query(sql);
    });
    await expect(asked).rejects.toMatchObject({ code });
  });

  test('sees other persons in every run, and none without one', async () => {
    const researcher = await database.as('researcher');
    const persons = async (run: string | undefined): Promise<Set<string>> =>
      transaction(researcher, async ({ client }) => {
        if (run !== undefined) await client.query(`SET LOCAL tessera.run = '${run}'`);
        const { rows } = await client.query<{ person: string | null }>(
          `SELECT DISTINCT encode(person_id, 'hex') AS person FROM enclave.person_period`,
        );
        return new Set(rows.flatMap(({ person }) => person ?? []));
      });
    const [one, other] = [await persons('one'), await persons('other')];
    expect([one.size, other.size]).toEqual([400, 400]);
    expect([...one].filter((person) => other.has(person))).toEqual([]);
    expect((await persons(undefined)).size).toBe(0);
  });
});

describe('the way to the catalogue', () => {
  test('takes two who are not the author, and the database holds to that by itself', async () => {
    const api = await database.as('api');
    const { id } = await send(GOOD);
    const approve = { decision: 'approve', words: undefined } as const;
    await expect(reviewQuery(api, id, steward, approve)).rejects.toMatchObject({ code: 'WRONG_STATE' });
    await expect(moveQuery(api, id, steward, 'submitted')).rejects.toMatchObject({ code: 'NOT_THEIRS' });
    await moveQuery(api, id, author, 'submitted');
    await expect(reviewQuery(api, id, author, approve)).rejects.toMatchObject({ code: 'NOT_THEIRS' });
    await expect(
      api.query(
        `INSERT INTO code.review (code_id, reviewer, reviewer_name, decision) VALUES ($1, $2, 'x', 'approve')`,
        [id, author.id],
      ),
    ).rejects.toThrow('does not review their own');
    expect(await reviewQuery(api, id, steward, approve)).toBe('partially_reviewed');
    await expect(reviewQuery(api, id, steward, approve)).rejects.toMatchObject({ code: 'REVIEWED_ALREADY' });
    await expect(markApproved(api, id)).rejects.toMatchObject({ code: 'WRONG_STATE' });
    await expect(api.query(`UPDATE code.sent SET state = 'approved' WHERE id = $1`, [id])).rejects.toThrow(
      'two reviewers approve',
    );
    expect(await reviewQuery(api, id, advisor, approve)).toBe('reviewed');
    await markApproved(api, id);
    expect(await sentQuery(api, id)).toMatchObject({
      state: 'approved',
      reviews: [{ decision: 'approve' }, {}],
    });
    await expect(moveQuery(api, id, author, 'withdrawn')).rejects.toMatchObject({ code: 'WRONG_STATE' });
  });

  test('ends where one reviewer sends it back, with the reason', async () => {
    const api = await database.as('api');
    const { id } = await send(GOOD);
    await moveQuery(api, id, author, 'submitted');
    const back = (words: string | undefined) => reviewQuery(api, id, steward, { decision: 'return', words });
    await expect(back(undefined)).rejects.toMatchObject({ code: 'NO_REASON' });
    expect(await back('By county it would be blank.')).toBe('returned');
    await expect(
      reviewQuery(api, id, advisor, { decision: 'approve', words: undefined }),
    ).rejects.toMatchObject({
      code: 'WRONG_STATE',
    });
  });

  test('ends in files that the catalogue holds to like any other metric', async () => {
    const copy = new SchemaCopy();
    onTestFinished(() => copy[Symbol.dispose]());
    mkdirSync(join(copy.folder, 'metrics/proposed'));
    for (const [at, text] of [
      GOOD,
      `SELECT period, county, newness, count(*) FROM person_period WHERE identified GROUP BY 1, 2, 3`,
    ].entries()) {
      const query = await readQuery(text, contracts);
      const entry = catalogueEntry({ id: randomUUID(), metric: `proposed_${at}`, ...sending, query });
      for (const { file, content } of entry) copy.write(file, content);
    }
    expect(checkContracts(copy.folder).problems).toEqual([]);
    const { metrics } = loadContracts(copy.folder);
    expect(metrics.get('proposed_1')?.tables.map(({ name }) => name)).toEqual(['all', 'county+newness']);
  });
});
