/** From a request to a bundle that somebody downloads and verifies, over a made-up release. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { strFromU8, unzipSync, zipSync } from 'fflate';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type HubAtHand, verifyDataset } from '../../src/app/dataset/verify-dataset.ts';
import { loadContracts } from '../../src/contracts/contracts.ts';
import { download, linkedBundle, makeLink } from '../../src/datasets/link.ts';
import { recordRequest } from '../../src/datasets/record-request.ts';
import { takeStep } from '../../src/datasets/request-steps.ts';
import { givenDatasets, requestsSeen, standingOf } from '../../src/datasets/requests-seen.ts';
import type { Act } from '../../src/datasets/review-workflow.ts';
import { previewTables } from '../../src/datasets/table-preview.ts';
import { transaction } from '../../src/db/transaction.ts';
import { keptReleaseKeys } from '../../src/disclosure/release/release-keys.ts';
import { testDatabase } from '../support/database.ts';
import {
  approved as approvedFor,
  claimsOf,
  give as giveAs,
  people,
  releasedForResearch,
  type Who,
} from './made-up-bundle.ts';
import { givenRequest } from './made-up-request.ts';

const database = testDatabase();
const contracts = loadContracts();
const folder = mkdtempSync(join(tmpdir(), 'tessera-dataset-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeAll(() => releasedForResearch(database), 180_000);

let keys = 0;
async function ask(who: Who, given = givenRequest(), id?: string): Promise<string> {
  keys += 1;
  const api = await database.as('api');
  return recordRequest(
    api,
    contracts,
    claimsOf[who],
    { ...given, id, key: String(keys), submit: false },
    people[who],
  );
}

async function take(who: Who, request: string, act: Act): Promise<void> {
  await takeStep(await database.as('api'), contracts, claimsOf[who], { request, act, by: people[who] });
}

const standing = async (who: Who, id: string) => standingOf(await database.as('api'), claimsOf[who], id);
const stateOf = async (id: string): Promise<string> => (await standing('author', id)).request.state;

const give = (who: Who, request: string) => giveAs(database, contracts, { who, request, folder });

async function approved(given = givenRequest()): Promise<string> {
  keys += 1;
  return approvedFor(database, contracts, String(keys), given);
}

describe('a request', () => {
  test.each([
    ['a table outside the catalogue', 'DATASET_REQUEST', givenRequest({}, ['identified/shoe_size'])],
    ['a table that is not for everybody', 'DATASET_REQUEST', givenRequest({}, stewardTables())],
    ['a proposal of a table that there is', 'DATASET_REQUEST', givenRequest({}, [], ['identified/county'])],
    [
      'a proposal by what the metric does not know',
      'DATASET_REQUEST',
      givenRequest({}, [], ['identified/shoe_size']),
    ],
  ])('is refused for %s', async (_, code, given) => {
    await expect(ask('author', given)).rejects.toMatchObject({ code });
  });

  test.each([
    ['an agreement that is over', 'AGREEMENT_NOT_IN_FORCE', { agreement: 'R-old' }],
    ['an agreement for something else', 'NO_AGREEMENT', { agreement: 'R-other' }],
    ['no agreement at all', 'NO_AGREEMENT', { agreement: 'none' }],
    ['a last day that is over', 'DATASET_REQUEST', { until: '2021-01-01' }],
    ['a joining that it does not explain', 'DATASET_REQUEST', { linking: 'true' }],
    ['something that is missing', 'DATASET_REQUEST', { publication: '' }],
  ])('is kept as a draft, and not taken to review, with %s', async (_, code, changes) => {
    const id = await ask('author', givenRequest(changes));
    await expect(take('author', id, { act: 'submit' })).rejects.toMatchObject({ code });
    expect(await stateOf(id)).toBe('draft');
  });

  test('is its author’s alone until it is put to review, and then its reviewers’ too', async () => {
    const id = await ask('author');
    const api = await database.as('api');
    const sees = async (who: Who): Promise<boolean> =>
      (await requestsSeen(api, claimsOf[who], { most: 100 })).some((one) => one.id === id);
    const seen = async (): Promise<Who[]> => {
      const found: Who[] = [];
      for (const who of Object.keys(people) as Who[]) if (await sees(who)) found.push(who);
      return found;
    };
    expect(await seen()).toEqual(['author']);
    await take('author', id, { act: 'submit' });
    expect(await seen()).toEqual(['author', 'steward', 'counsel', 'advisor']);
    await expect(take('stranger', id, { act: 'comment', words: 'w' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  test('goes back and forth, and is approved by a steward and a counsel who did not ask', async () => {
    const id = await ask('author');
    await take('author', id, { act: 'submit' });
    expect((await standing('author', id)).request.dueOn).not.toBeNull();
    await take('advisor', id, { act: 'return', words: 'Say who reads it before.' });
    await expect(ask('steward', givenRequest({ title: 'Mine' }), id)).rejects.toMatchObject({
      code: 'NOT_YOURS',
    });
    await ask('author', givenRequest({ publication: 'Read by the advisory board before.' }), id);
    await take('author', id, { act: 'submit' });
    await take('steward', id, { act: 'approve' });
    await take('advisor', id, { act: 'approve' });
    expect(await stateOf(id)).toBe('in_review');
    await expect(take('author', id, { act: 'approve' })).rejects.toMatchObject({ code: 'OWN_REQUEST' });
    await take('counsel', id, { act: 'approve' });
    expect(await stateOf(id)).toBe('approved');
    const { steps } = await standing('counsel', id);
    expect(steps.map(({ step }) => step).join(' ')).toBe(
      'opened submitted begun returned changed submitted begun approved approved approved',
    );
  });

  test('tells those whom it concerns by mail, and never what it says', async () => {
    const owner = await database.as('owner');
    await owner.query(
      `INSERT INTO access.person (id, kind, name, email) VALUES ($1, 'person', 'A', 'a@u.example'), ($2, 'person', 'S', 's@c.example')`,
      [people.author.person, people.steward.person],
    );
    await owner.query(
      `INSERT INTO access.role_held (id, person_id, role, purposes, effective_from) VALUES ($1, $1, 'steward', '{oversight}', '2020-01-01')`,
      [people.steward.person],
    );
    const id = await ask('author');
    await take('author', id, { act: 'submit' });
    await take('steward', id, { act: 'return', words: 'A secret reason.' });
    const mails = await owner.query<{ to: string; body: string }[]>(
      `SELECT mail_to AS "to", body FROM directory.outbox ORDER BY made_at`,
    );
    expect(mails.map(({ to }) => to)).toEqual(['s@c.example', 'a@u.example']);
    expect(mails.map(({ body }) => body).join(' ')).not.toMatch(/secret reason|Identification/);
  });
});

test('the catalogue says of each table how much of it the current release hides', async () => {
  const { release: current, tables } = await previewTables(await database.as('api'), contracts);
  const found = tables.find(({ address }) => address === 'identified/county');
  const [counted] = await (await database.as('owner')).query<{ cells: number; hidden: number }[]>(
    `SELECT count(*)::int AS cells, (count(*) FILTER (WHERE status = 'hidden'))::int AS hidden
     FROM release.figure WHERE release_number = 1 AND metric = 'identified' AND tbl = 'county'`,
  );
  expect(current?.number).toBe(1);
  expect(found).toMatchObject({ ...counted });
  expect(counted?.cells).toBeGreaterThan(0);
});

describe('a bundle', () => {
  let id = '';
  let files: Record<string, Uint8Array> = {};
  const path = join(folder, 'bundle.zip');
  const text = (name: string): string => strFromU8(files[name] ?? new Uint8Array());

  beforeAll(async () => {
    id = await approved();
    await give('steward', id);
    const { secret } = await makeLink(await database.as('api'), contracts, claimsOf.author, {
      request: id,
      by: people.author,
    });
    await download(await database.as('api'), secret, path);
    files = unzipSync(readFileSync(path));
  }, 120_000);

  test('is there once for a release, however often it is asked for, and always the same bytes', async () => {
    const { bundles } = await standing('author', id);
    expect((await give('steward', id)).id).toBe(bundles[0]?.id);
    expect(createHash('sha256').update(readFileSync(path)).digest('hex')).toBe(bundles[0]?.sha256);
  });

  test('holds the cells of the release, and no other, in each format alike', async () => {
    const released = await (await database.as('owner')).query<Record<string, unknown>[]>(
      `SELECT tbl AS table, period, coalesce(dims ->> 'county', 'all') AS county, value, numerator::float8 AS numerator, status
       FROM release.figure WHERE release_number = 1 AND metric = 'identified' AND tbl IN ('all', 'county')
         AND period !~ '/' AND left(period, 4)::int BETWEEN 2022 AND 2024 OR (metric = 'identified' AND tbl IN ('all', 'county') AND period = '2022/2024')
       ORDER BY tbl, period, cell`,
    );
    const names = Object.keys(released[0] ?? {});
    const picked = (rows: readonly Record<string, unknown>[]): unknown[][] =>
      rows.map((row) => names.map((name) => row[name] ?? null));
    const buffer = (name: string): ArrayBuffer => new Uint8Array(files[name] ?? []).buffer;
    const parquet = await parquetReadObjects({ file: buffer('data.parquet') });
    const arrow = tableFromIPC(files['data.arrow'] ?? new Uint8Array())
      .toArray()
      .map((row) => row.toJSON());
    const [head = '', ...lines] = text('data.csv').trimEnd().split('\r\n');
    const csv = lines.map((line) =>
      Object.fromEntries(
        head.split(',').map((name, at) => {
          const value = line.split(',')[at] ?? '';
          return [
            name,
            ['value', 'numerator'].includes(name) ? (value === '' ? null : Number(value)) : value,
          ];
        }),
      ),
    );
    expect(released.length).toBeGreaterThan(10);
    for (const rows of [parquet, arrow, csv])
      expect(picked(rows as Record<string, unknown>[])).toEqual(picked(released));
  });

  test('carries all that it promises, and says that it is made up wherever it speaks of the data', () => {
    expect(Object.keys(files).toSorted()).toEqual([
      'CITATION.cff',
      'README.md',
      'SHA256SUMS',
      'SHA256SUMS.sig',
      'codebook.csv',
      'codebook.pdf',
      'data.arrow',
      'data.csv',
      'data.parquet',
      'datapackage.json',
      'dcat-us.json',
      'ddi-codebook.xml',
      'key.pub.pem',
      'load.R',
      'load.py',
      'release-certificate.json',
    ]);
    for (const name of [
      'README.md',
      'CITATION.cff',
      'dcat-us.json',
      'ddi-codebook.xml',
      'datapackage.json',
      'data.csv',
    ])
      expect(text(name), name).toContain('Made-up data');
    const described = JSON.parse(text('datapackage.json')) as {
      resources: { path: string; bytes: number; hash: string; schema?: { fields: { name: string }[] } }[];
      tessera: { cells: number; statuses: Record<string, number>; fingerprint: string };
    };
    for (const { path: name, bytes, hash } of described.resources)
      expect([bytes, hash]).toEqual([
        files[name]?.length,
        `sha256:${createHash('sha256')
          .update(files[name] ?? '')
          .digest('hex')}`,
      ]);
    expect(described.resources[0]?.path).toBe('data.arrow');
    const data = described.resources.find(({ path: name }) => name === 'data.csv');
    expect(data?.schema?.fields.map(({ name }) => name).join(',')).toBe(text('data.csv').split('\r\n')[0]);
    expect(Object.values(described.tessera.statuses).reduce((sum, n) => sum + n)).toBe(
      described.tessera.cells,
    );
    expect(parse(text('CITATION.cff'))).toMatchObject({ 'cff-version': '1.2.0', type: 'dataset' });
    // The proof behind a release holds its facts: never in a file that leaves.
    expect(text('release-certificate.json')).not.toMatch(/"cells"|"eqs"/);
  });

  test('is verified by whoever has it, and by its hub with every cell and its recipient', async () => {
    const hub = {
      api: await database.as('api'),
      contracts,
      permission: { claims: claimsOf.steward } as HubAtHand['permission'],
      publicKey: keptReleaseKeys(folder).publicKeyPem,
    };
    expect(await verifyDataset(path, { key: undefined, hub: undefined })).toMatchObject({
      findings: [],
      keyKnown: false,
    });
    expect(await verifyDataset(path, { key: undefined, hub })).toMatchObject({
      findings: [],
      recipient: 'University of Example, A. Researcher',
    });
    const changed = join(folder, 'changed.zip');
    const codes = async (change: Record<string, Uint8Array>): Promise<string[]> => {
      writeFileSync(changed, zipSync({ ...files, ...change }));
      return (await verifyDataset(changed, { key: undefined, hub })).findings.map(({ code }) => code);
    };
    const csv = files['data.csv'] ?? new Uint8Array();
    const other = Buffer.concat([csv, Buffer.from('x')]);
    expect(await codes({ 'data.csv': other })).toEqual(['CHANGED', 'OTHER_CELLS']);
    expect(await codes({ 'more.txt': other })).toEqual(['NOT_LISTED']);
    // Somebody who mends the checksums has not the key.
    const sums = text('SHA256SUMS').replace(
      /^[0-9a-f]{64}(?= {2}data\.csv)/m,
      createHash('sha256').update(other).digest('hex'),
    );
    expect(await codes({ 'data.csv': other, SHA256SUMS: Buffer.from(sums) })).toEqual([
      'NOT_SIGNED',
      'OTHER_CELLS',
    ]);
    writeFileSync(changed, 'no zip');
    await expect(verifyDataset(changed, { key: undefined, hub })).rejects.toMatchObject({
      code: 'BUNDLE_DAMAGED',
    });
  });

  test('tells everybody that it was given, to which organization, and not who asked', async () => {
    const [given] = await givenDatasets(await database.as('api'), 10);
    expect(given).toMatchObject({
      title: 'Identification by county',
      organization: 'University of Example',
      release: 1,
    });
    expect(JSON.stringify(given)).not.toContain('A. Researcher');
    expect(given).not.toHaveProperty('fingerprint');
  });

  test('with a proposed table waits for the release that carries it', async () => {
    const proposal = proposalFor();
    const asked = await approved(givenRequest({}, ['identified/all'], [proposal]));
    await expect(give('steward', asked)).rejects.toMatchObject({ code: 'NOT_IN_RELEASE' });
    expect(await stateOf(asked)).toBe('approved');
  });

  test('is not made by who asked for it', async () => {
    await expect(give('author', await approved())).rejects.toMatchObject({ code: 'OWN_REQUEST' });
  });
});

describe('a link', () => {
  let id = '';
  const made = async () =>
    makeLink(await database.as('api'), contracts, claimsOf.author, { request: id, by: people.author });
  const fetched = async (secret: string) => {
    const path = join(folder, `${Math.random()}.zip`);
    return download(await database.as('api'), secret, path);
  };
  beforeAll(async () => {
    id = await approved();
    await give('steward', id);
  }, 120_000);

  test('is good as often as it says, and no more', async () => {
    const { secret, most } = await made();
    for (let left = most - 1; left >= 0; left--)
      expect(await fetched(secret)).toMatchObject({ outcome: 'good', remaining: left + 1 });
    expect(await fetched(secret)).toMatchObject({ outcome: 'used_up' });
    expect(await fetched('x'.repeat(43))).toBeUndefined();
  });

  test('is kept by its hash, which nobody may read', async () => {
    await expect((await database.as('api')).query('SELECT hash FROM dataset.link')).rejects.toMatchObject({
      driverError: { code: '42501' },
    });
  });

  test('ends when it is too old, revoked, or the agreement or the dataset is over', async () => {
    const owner = await database.as('owner');
    const all = (work: string): Promise<unknown> =>
      transaction(owner, ({ client }) => client.query(work), { county: '*' });
    const { secret } = await made();
    const outcome = async (): Promise<string | undefined> =>
      (await linkedBundle(await database.as('api'), secret))?.outcome;
    expect(await outcome()).toBe('good');
    await all(`UPDATE governance.agreement SET effective_to = current_date - 1 WHERE id = 'R-1'`);
    expect(await outcome()).toBe('agreement_over');
    await all(`UPDATE governance.agreement SET effective_to = NULL WHERE id = 'R-1'`);
    await all(`UPDATE dataset.link SET expires_at = clock_timestamp() WHERE revoked_at IS NULL`);
    expect(await outcome()).toBe('expired');
    await take('steward', id, { act: 'revoke' });
    expect(await outcome()).toBe('revoked');
    await take('author', id, { act: 'destroy', words: 'Wiped, with the backups.' });
    expect(await outcome()).toBe('over');
    const [kept] = await owner.query<{ parts: number }[]>('SELECT count(*)::int AS parts FROM dataset.part');
    const { bundles } = await standing('steward', id);
    const own = await transaction(
      owner,
      ({ client }) => client.query(`SELECT FROM dataset.part WHERE bundle_id = $1`, [bundles[0]?.id]),
      { county: '*' },
    );
    expect([own.rowCount, kept]).toEqual([0, { parts: 0 }]);
    await expect(made()).rejects.toMatchObject({ code: 'OUT_OF_TURN' });
  });
});

/** A table of the catalogue that is not for everybody. */
function stewardTables(): string[] {
  for (const metric of contracts.metrics.values())
    for (const { name, publish } of metric.tables)
      if (publish !== 'public' && metric.notAvailable === undefined) return [`${metric.id}/${name}`];
  throw new Error('every table is for everybody');
}

/** Dimensions that the metric declares, together in no table. */
function proposalFor(): string {
  const metric = contracts.metrics.get('identified');
  const names = [...(metric?.dimensions.keys() ?? [])];
  const declared = new Set(metric?.tables.map(({ name }) => name));
  for (const [at, one] of names.entries())
    for (const other of names.slice(at + 1))
      if (!declared.has(`${one}+${other}`)) return `identified/${one}+${other}`;
  throw new Error('every pair is declared');
}
