import { Client } from 'pg';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { transaction } from '../../src/db/transaction.ts';
import { testDatabase } from '../support/database.ts';
import { testServer } from '../support/server.ts';

const database = testDatabase();
const server = testServer(database);
const tokens: Record<string, string> = {};

beforeAll(async () => {
  await transaction(
    await database.as('owner'),
    ({ client }) =>
      client.query(`INSERT INTO governance.agency (id, name, system, county_fips)
          SELECT 'CW-' || n, 'Agency CW-' || n, 'child_welfare', CASE WHEN n % 2 = 0 THEN '06037' ELSE '06001' END FROM generate_series(1, 40) n;
        INSERT INTO governance.agreement (id, agencies, record_types, purposes, minor_consent_services, content_up_front, effective_from)
          SELECT 'AG-' || n, ARRAY['CW-' || n], '{person}', '{program_evaluation}', false, false, '2025-01-01' FROM generate_series(1, 40) n;
        INSERT INTO ops.delivery (source_agency, delivery_id, agreement_id, extract_kind, as_of, manifest_hash, loaded_at)
          SELECT 'CW-' || n, 'D-' || n, 'AG-' || n, 'full', now(), repeat('0', 64), now() FROM generate_series(1, 40) n;
        INSERT INTO ops.delivery_file SELECT id, 'person.csv', 'person', 1204, 1190, 14, 0 FROM ops.delivery;
        INSERT INTO ledger.run (id, kind, requested_by) SELECT gen_random_uuid(), 'deliver', 'test' FROM generate_series(1, 40);
        INSERT INTO ledger.stage (run_id, name, input_hash, rows_in) SELECT id, 'check', encode(sha256(id::text::bytea), 'hex'), 7 FROM ledger.run`),
    { county: '*' },
  );
  tokens['member'] = await server.token({ role: 'committee-member', county: '06037' });
  tokens['other'] = await server.token({ role: 'committee-member', county: '06001' });
  tokens['counsel'] = await server.token({ role: 'county-counsel', county: '06037' });
  tokens['steward'] = await server.token({ role: 'steward' });
  tokens['operator'] = await server.token({ role: 'operator' });
  tokens['submitter'] = await server.token({ role: 'agency-submitter', agency: 'CW-2' });
});

const ask = (who: string, query: string, variables?: object) =>
  server.ask(query, { token: tokens[who] ?? '', ...(variables === undefined ? {} : { variables }) });

const record = `mutation ($input: RegisterEntryInput!, $key: String!) {
  recordRegisterEntry(input: $input, idempotencyKey: $key) { id version county fields { name values labels } } }`;
const party = (changes: object = {}) => ({
  kind: 'PARTY',
  county: '06037',
  effectiveFrom: '2026-01-01',
  fields: [
    { name: 'party', values: ['PA.CW'] },
    { name: 'standing', values: ['required'] },
  ],
  ...changes,
});

describe('the county register', () => {
  test('keeps every version, makes nothing twice, and is one county’s own', async () => {
    const first = await ask('member', record, { input: party(), key: 'k1' });
    expect(first.data).toMatchObject({
      recordRegisterEntry: {
        version: 1,
        fields: [
          { name: 'party', values: ['PA.CW'], labels: ['Child welfare'] },
          { name: 'standing', values: ['required'], labels: ['Required'] },
        ],
      },
    });
    const { id } = (first.data as unknown as { recordRegisterEntry: { id: string } }).recordRegisterEntry;
    expect((await ask('member', record, { input: party(), key: 'k1' })).data).toEqual(first.data);
    const reused = await ask('member', record, { input: party({ effectiveFrom: '2026-02-01' }), key: 'k1' });
    expect(reused.errors?.[0]?.extensions.code).toBe('CHANGED_MEANWHILE');

    const ended = party({ id, version: 1, effectiveTo: '2026-06-30' });
    const both = await Promise.all(
      [1, 2].map((n) => ask('member', record, { input: ended, key: `k2-${n}` })),
    );
    expect(both.map((answer) => answer.data)).toEqual([both[0]?.data, both[0]?.data]);
    const stale = await ask('member', record, {
      input: party({ id, version: 1, effectiveTo: '2026-07-01' }),
      key: 'k3',
    });
    expect(stale.errors?.[0]?.extensions.code).toBe('CHANGED_MEANWHILE');
    const history = await ask('member', `{ registerHistory(id: "${id}") { version effectiveTo } }`);
    expect(history.data).toEqual({
      registerHistory: [
        { version: 2, effectiveTo: '2026-06-30' },
        { version: 1, effectiveTo: null },
      ],
    });
    const on = async (day: string) =>
      (
        (await ask('member', `{ register(kind: PARTY, on: "${day}") { nodes { id } } }`)).data as unknown as {
          register: { nodes: unknown[] };
        }
      ).register.nodes;
    expect(await on('2026-06-30')).toHaveLength(1);
    expect(await on('2026-07-01')).toHaveLength(0);
    expect(await on('2025-12-31')).toHaveLength(0);

    expect((await ask('other', '{ register { nodes { id } } }')).data).toEqual({ register: { nodes: [] } });
    for (const query of [
      `{ registerHistory(id: "${id}") { version } }`,
      '{ registerHistory(id: "none") { version } }',
    ])
      expect((await ask('other', query)).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    const taken = await ask('other', record, {
      input: party({ id, version: 2, county: '06001' }),
      key: 'k4',
    });
    expect(taken.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });

  test('names everything that is wrong with an entry at once, and never the value', async () => {
    const fields = [
      { name: 'fiscal_year', values: ['this year'] },
      { name: 'dollars', values: ['-5'] },
      { name: 'permitted_uses', values: ['weapons-48261'] },
      { name: 'nonsense', values: ['x'] },
    ];
    const { errors } = await ask('member', record, { input: party({ kind: 'FUNDING', fields }), key: 'bad' });
    expect(errors?.[0]?.extensions.code).toBe('REGISTER_CONTENT');
    expect(errors?.[0]?.message).toMatch(
      /no field.*fiscal_year has another form; source is missing; dollars is a whole number.*permitted_uses is one of/,
    );
    expect(errors?.[0]?.message).not.toContain('48261');
  });

  test('holds statewide recommendations, which only the steward writes and every county reads', async () => {
    const input = {
      kind: 'RECOMMENDATION',
      effectiveFrom: '2026-01-01',
      fields: Object.entries({
        recommendation: 'R1',
        words: 'An oversight body',
        priority: '1',
        status: 'under_way',
        as_of: '2026-01-01',
      }).map(([name, value]) => ({ name, values: [value] })),
    };
    expect((await ask('member', record, { input, key: 'r' })).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    expect(await ask('steward', record, { input, key: 'r' })).toMatchObject({
      data: { recordRegisterEntry: { county: null } },
    });
    const read = await ask(
      'other',
      '{ register(kind: RECOMMENDATION) { nodes { county fields { values } } } }',
    );
    expect(read).toMatchObject({ data: { register: { nodes: [{ county: null }] } } });
  });
});

describe('agreements', () => {
  test('have terms in versions, are put to counsel, and are not decided by whoever asked', async () => {
    const terms = {
      kind: 'dsa',
      parties: 'PA.CW',
      permitted_uses: 'link',
      prohibited_uses: 'prosecution',
      redisclosure: 'none',
      custodian: 'CW-2',
      retention_months: '36',
      destruction: 'delete',
      change_and_termination: 'In writing, with thirty days’ notice.',
    };
    const fields = Object.entries(terms).map(([name, value]) => ({ name, values: [value] }));
    const write = (who: string, agreement: string, version: number) =>
      ask(
        who,
        `mutation ($a: ID!, $v: Int!, $f: [FieldValueInput!]!) { recordAgreementTerms(agreement: $a, version: $v, fields: $f) { version } }`,
        { a: agreement, v: version, f: fields },
      );
    expect(await write('counsel', 'AG-2', 0)).toMatchObject({
      data: { recordAgreementTerms: { version: 1 } },
    });
    expect((await write('counsel', 'AG-2', 0)).errors?.[0]?.extensions.code).toBe('CHANGED_MEANWHILE');
    for (const absent of ['AG-1', 'AG-99'])
      expect((await write('counsel', absent, 0)).errors?.[0]?.extensions.code).toBe('NOT_FOUND');

    const asked = await ask(
      'submitter',
      `mutation { askAgreementReview(agreement: "AG-2", reason: "May it cover school records?", idempotencyKey: "q") { id decision } }`,
    );
    const { id } = (asked.data as unknown as { askAgreementReview: { id: string } }).askAgreementReview;
    const decide = (who: string) =>
      ask(who, `mutation { decideAgreementReview(id: "${id}", decision: CHANGES_ASKED) { decision } }`);
    expect((await decide('submitter')).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    expect(await decide('counsel')).toMatchObject({
      data: { decideAgreementReview: { decision: 'CHANGES_ASKED' } },
    });
    expect(await ask('counsel', '{ agreementReviews(open: true) { nodes { id } } }')).toMatchObject({
      data: { agreementReviews: { nodes: [] } },
    });
  });

  test('that are ended take their roles with them, and are not prolonged', async () => {
    const resting = await server.token({ role: 'researcher', agreement: 'AG-4' });
    expect((await server.ask('{ me { role } }', { token: resting })).status).toBe(200);
    const end = (day: string) =>
      ask('counsel', `mutation { terminateAgreement(agreement: "AG-4", lastDay: "${day}") { effectiveTo } }`);
    expect(await end('2025-06-30')).toMatchObject({
      data: { terminateAgreement: { effectiveTo: '2025-06-30' } },
    });
    expect((await end('2030-01-01')).errors?.[0]?.extensions.code).toBe('AGREEMENT_DATES');
    expect((await server.ask('{ me { role } }', { token: resting })).status).toBe(401);
  });
});

describe('counts of rows', () => {
  test('are exact for who sent them and the steward, and bands for the operator', async () => {
    const query = '{ deliveries(agency: "CW-2") { nodes { files { rejected { exact band } } } } }';
    const seen = async (who: string) => (await ask(who, query)).data;
    const told = (exact: number | null) => ({
      deliveries: { nodes: [{ files: [{ rejected: { exact, band: '1–100' } }] }] },
    });
    expect(await seen('submitter')).toEqual(told(14));
    expect(await seen('steward')).toEqual(told(14));
    expect(await seen('operator')).toEqual(told(null));
  });
});

test('a refused delivery tells its agency and the steward why, and the operator that it was', async () => {
  await transaction(
    await database.as('owner'),
    ({ client }) =>
      client.query(`INSERT INTO ops.refused_delivery (source_agency, delivery_id, as_of, code, words, remedy, refused_at) VALUES
        ('CW-2', 'R-2', '2030-01-02', 'TOO_MANY_REJECTS', 'person.csv: 14 of 20 rows', 'Mend it.', now()),
        ('CW-2', 'R-1', '2020-01-01', 'Q002', 'person.csv', NULL, '2020-01-01'), ('CW-4', 'R-4', now(), 'Q002', 'x', NULL, now())`),
    { county: '*' },
  );
  const seen = async (who: string) =>
    (await ask(who, '{ refusedDeliveries { nodes { delivery code words sentAgain } } }')).data as unknown as {
      refusedDeliveries: { nodes: { delivery: string; words: string | null; sentAgain: boolean }[] };
    };
  const own = (await seen('submitter')).refusedDeliveries.nodes;
  expect(own.map(({ delivery, words, sentAgain }) => [delivery, words, sentAgain])).toEqual([
    ['R-1', 'person.csv', true],
    ['R-2', 'person.csv: 14 of 20 rows', false],
  ]);
  expect((await seen('steward')).refusedDeliveries.nodes).toHaveLength(3);
  expect((await seen('operator')).refusedDeliveries.nodes.map(({ words }) => words)).toEqual([
    null,
    null,
    null,
  ]);
  expect((await seen('member')) ?? null).toBeNull();
});

test('everybody reads what of the register is public, and nothing else of it', async () => {
  const line = {
    kind: 'HELP_LINE',
    county: '06037',
    effectiveFrom: '2026-01-01',
    fields: [
      { name: 'name', values: ['A line (made-up)'] },
      { name: 'number', values: ['555-0100'] },
    ],
  };
  await ask('member', record, { input: line, key: 'public-1' });
  await ask('member', record, { input: party(), key: 'public-2' });
  const { data } = await server.ask(
    '{ publicRegister(county: "06037") { nodes { kind county fields { name values } } } }',
  );
  const { nodes } = (data as unknown as { publicRegister: { nodes: { kind: string }[] } }).publicRegister;
  expect(nodes.map(({ kind }) => kind)).toEqual(['HELP_LINE']);
  const none = await server.ask('{ publicRegister(kind: PARTY) { nodes { kind } } }');
  expect(none.data).toEqual({ publicRegister: { nodes: [] } });
});

describe('the number of statements', () => {
  /** Who asks (1), then claims, rows and the end of each list's own transaction (3), and the record (1). */
  test.each([
    ['one list', '{ runs(first: 2) { nodes { id } } }', 5],
    ['a list with its children', '{ runs(first: 2) { nodes { id stages { name } } } }', 8],
    ['a longer list with its children', '{ runs(first: 40) { nodes { id stages { name } } } }', 8],
    ['deliveries with their files', '{ deliveries(first: 40) { nodes { delivery files { file } } } }', 8],
    ['agreements with their terms', '{ agreements(first: 40) { nodes { id terms { version } } } }', 8],
    ['people with their roles', '{ people(first: 40) { nodes { name roles { role } } } }', 4],
    ['definitions', '{ terms { nodes { name versions { words } } } codeLists { nodes { name } } }', 2],
  ])('for %s does not grow with the rows', async (_, query, most) => {
    await ask('steward', query);
    const statements = vi.spyOn(Client.prototype, 'query');
    onTestFinished(() => statements.mockRestore());
    const answer = await ask('steward', query);
    expect(answer.errors).toBeUndefined();
    expect(statements).toHaveBeenCalledTimes(most);
  });
});

test('pages lead from one to the next without a gap or a repetition', async () => {
  const ids: string[] = [];
  let after: string | null = null;
  do {
    const { data } = await ask(
      'steward',
      'query ($after: String) { agreements(first: 7, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }',
      { after },
    );
    const page = (
      data as unknown as {
        agreements: { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
      }
    ).agreements;
    ids.push(...page.nodes.map((node) => node.id));
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  expect(ids.toSorted()).toEqual(Array.from({ length: 40 }, (_, n) => `AG-${n + 1}`).toSorted());
});
