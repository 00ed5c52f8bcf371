/** A request over the API, by those who may, to the file that its link gives; and what the log keeps of refusals. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readHistory } from '../../src/audit/history.ts';
import { loadContracts } from '../../src/contracts/contracts.ts';
import { testDatabase } from '../support/database.ts';
import { testServer } from '../support/server.ts';
import { give, releasedForResearch } from './made-up-bundle.ts';
import { givenRequest } from './made-up-request.ts';

const database = testDatabase();
const server = testServer(database);
const folder = mkdtempSync(join(tmpdir(), 'tessera-dataset-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const tokens: Record<string, string> = {};

beforeAll(async () => {
  await releasedForResearch(database);
  tokens['researcher'] = await server.token({ role: 'researcher' });
  tokens['steward'] = await server.token({ role: 'steward' });
  tokens['counsel'] = await server.token({ role: 'county-counsel', county: '06001' });
  tokens['elsewhere'] = await server.token({ role: 'county-counsel', county: '06003' });
}, 180_000);

async function ask<T>(who: string, query: string, variables: object = {}): Promise<T> {
  const { data, errors } = await server.ask(query, { token: tokens[who] ?? '', variables });
  if (errors !== undefined) throw new Error(errors[0]?.extensions.code);
  return Object.values(data ?? {})[0] as T;
}

const request = (
  key: string,
  given: ReturnType<typeof givenRequest>,
  who = 'researcher',
): Promise<{ id: string; state: string }> =>
  ask(
    who,
    `mutation ($input: DatasetRequestInput!, $key: String!) {
      requestDataset(input: $input, submit: true, idempotencyKey: $key) { id state } }`,
    { input: given, key },
  );
const decide = (who: string, id: string): Promise<{ state: string; waitsFor: string[] }> =>
  ask(who, `mutation { decideRequest(id: "${id}", decision: APPROVE) { state waitsFor } }`);
const outcomes = async (): Promise<readonly string[]> =>
  (await readHistory(await database.as('api'), { audit: 'all' }, { most: 20 })).map(
    ({ operations, outcome }) => `${operations.join()} ${outcome}`,
  );

test('walks from the request to the file, and each refusal is on record with its reason', async () => {
  await expect(request('bad', givenRequest({}, ['identified/shoe_size']))).rejects.toThrow('DATASET_REQUEST');
  await expect(request('old', givenRequest({ agreement: 'R-old' }))).rejects.toThrow(
    'AGREEMENT_NOT_IN_FORCE',
  );
  const nobody = await ask<{ nodes: unknown[] }>('researcher', '{ requests(first: 5) { nodes { id } } }');
  expect(nobody.nodes).toEqual([]);

  const { id, state } = await request('good', givenRequest());
  expect([state, (await request('good', givenRequest())).id]).toEqual(['submitted', id]);
  await expect(decide('elsewhere', id)).rejects.toThrow('NOT_FOUND');
  expect(await decide('steward', id)).toEqual({ state: 'in_review', waitsFor: ['county-counsel'] });
  expect(await decide('counsel', id)).toEqual({ state: 'approved', waitsFor: [] });
  const own = await request('own', givenRequest(), 'steward');
  await expect(decide('steward', own.id)).rejects.toThrow('OWN_REQUEST');
  expect(await outcomes()).toEqual(
    expect.arrayContaining([
      'requestDataset DATASET_REQUEST',
      'requestDataset AGREEMENT_NOT_IN_FORCE',
      'decideRequest OWN_REQUEST',
    ]),
  );

  const job = await ask<{ job: string }>(
    'steward',
    `mutation { releaseDataset(id: "${id}", idempotencyKey: "r") { job } }`,
  );
  expect(job).toEqual({ job: 'dataset' });
  const bundle = await give(database, loadContracts(), { who: 'steward', request: id, folder });
  const link = await ask<{ address: string }>(
    'researcher',
    `mutation { linkDataset(id: "${id}") { address } }`,
  );
  const address = `${server.url}${new URL(link.address).pathname}`;
  const fetched = await fetch(address, { method: 'POST' });
  const bytes = Buffer.from(await fetched.arrayBuffer());
  expect(fetched.headers.get('content-disposition')).toContain(bundle.id);
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(bundle.sha256);
  await ask('steward', `mutation { revokeDatasetLinks(id: "${id}") { id } }`);
  expect((await fetch(address, { method: 'POST', headers: { accept: 'application/json' } })).status).toBe(
    400,
  );
  expect((await outcomes()).slice(0, 8)).toEqual(
    expect.arrayContaining(['datasetFile downloaded', 'datasetFile refused: revoked']),
  );
  const given = await ask<{ id: string; sha256: string }[]>('researcher', '{ datasets { id sha256 } }');
  expect(given).toEqual([{ id: bundle.id, sha256: bundle.sha256 }]);
});
