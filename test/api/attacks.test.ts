/** Questions that nobody means well with: each ends with a code, soon, and tells nothing. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery, parse, validate } from 'graphql';
import { afterEach, describe, expect, test } from 'vitest';
import { documentHash, trustedFolder } from '../../src/api/trusted-documents.ts';
import { testDatabase } from '../support/database.ts';
import { type Answer, testServer } from '../support/server.ts';

const database = testDatabase();
const server = testServer(database);
const production = testServer(database, () => ({ TESSERA_MODE: 'production' }));
const codeOf = (answer: Answer): string | undefined => answer.errors?.[0]?.extensions.code;

/** The thirteen checks of graphql-cop: what each sends, and the answer by which it would call the hub vulnerable. */
describe('what graphql-cop looks for', () => {
  interface Check {
    readonly send: (url: string) => Promise<Response>;
    readonly vulnerable: (body: string, answer: Told) => boolean;
    /** What the same means in a hub that anybody may explore. */
    readonly openToo?: false;
  }
  interface Told {
    readonly data?: Record<string, unknown> & { readonly __schema?: { readonly types?: unknown[] } };
    readonly errors?: readonly { readonly extensions?: object }[];
    readonly extensions?: object;
  }
  const repeat = (times: number, text: (n: number) => string): string =>
    Array.from({ length: times }, (_, n) => text(n)).join(' ');
  const post = (body: unknown) => (url: string) =>
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const get = (query: string) => (url: string) => fetch(`${url}?query=${encodeURIComponent(query)}`);
  const named = (_: string, { data }: Told): boolean => data?.['__typename'] !== undefined;
  const typesOf = ({ data }: Told): number => data?.__schema?.types?.length ?? 0;
  const inType = 'fields { name type { ';
  const checks: Readonly<Record<string, Check>> = {
    'alias overloading': {
      send: post({ query: `query { ${repeat(101, (n) => `alias${n}: __typename`)} }` }),
      vulnerable: (_, { data }) => data?.['alias100'] !== undefined,
    },
    'array-based batching': {
      send: post(Array.from({ length: 10 }, () => ({ query: 'query { __typename }' }))),
      vulnerable: (_, answer) => Array.isArray(answer),
    },
    'directive overloading': {
      send: post({ query: 'query { __typename @aa@aa@aa@aa@aa@aa@aa@aa@aa@aa }' }),
      vulnerable: (_, { errors }) => errors?.length === 10,
    },
    'circular introspection': {
      send: post({ query: `query { __schema { types { ${inType.repeat(4)} name ${'} }'.repeat(4)} } } }` }),
      vulnerable: (_, answer) => typesOf(answer) > 25,
    },
    'questions by GET': { send: get('query { __typename }'), vulnerable: named },
    'changes by GET': { send: get('mutation { __typename }'), vulnerable: named },
    'a form': {
      send: (url) =>
        fetch(url, { method: 'POST', body: new URLSearchParams({ query: 'query { __typename }' }) }),
      vulnerable: named,
    },
    'field duplication': {
      send: post({ query: `query { ${repeat(500, () => '__typename')} }` }),
      vulnerable: named,
    },
    'a page for exploring': {
      send: (url) => fetch(url, { headers: { accept: 'text/html' } }),
      vulnerable: (body) => /graphiql|playground|apollo server|<html/i.test(body),
    },
    introspection: {
      send: post({ query: 'query { __schema { types { name fields { name } } } }' }),
      vulnerable: (_, answer) => typesOf(answer) > 0,
      openToo: false,
    },
    'field suggestions': {
      send: post({ query: 'query { __schema { directive } }' }),
      vulnerable: (body) => /did you mean/i.test(body),
    },
    traces: {
      send: post({ query: 'query { __typename }' }),
      vulnerable: (body) => /tracing/i.test(body),
    },
    'unhandled errors': {
      send: post({ query: 'qwerty { abc }' }),
      vulnerable: (body, { errors }) =>
        /exception|stacktrace|node_modules|[.][jt]s:/i.test(body) ||
        errors?.some(({ extensions }) => extensions === undefined) !== false,
    },
  };

  test('are thirteen things', () => {
    expect(Object.keys(checks)).toHaveLength(13);
  });

  test.each(Object.entries(checks))('%s', async (_, { send, vulnerable, openToo }) => {
    for (const { url } of openToo === false ? [production] : [server, production]) {
      const body = await (await send(`${url}/graphql`)).text();
      expect(body).not.toBe('');
      expect([url, body, vulnerable(body, JSON.parse(body) as Told)]).toEqual([url, body, false]);
    }
  });

  test('forms of other kinds are questions no more than that one', async () => {
    for (const type of ['text/plain', 'multipart/form-data']) {
      const answer = await server.post('{"query":"{ __typename }"}', { 'content-type': type });
      expect([answer.status, answer.data]).toEqual([400, undefined]);
    }
  });
});

describe('a bad question', () => {
  const deep = (levels: number): string =>
    `${'{ terms { nodes '.repeat(levels)}{ name }${'} }'.repeat(levels)}`;
  const fragments = Array.from(
    { length: 12 },
    (_, n) => `fragment f${n} on Query { ${n === 11 ? 'hub { version }' : `...f${n + 1} ...f${n + 1}`} }`,
  ).join(' ');
  const circular = '{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }';
  test.each<[string, string, object | undefined, string]>([
    ['that is none', '{', undefined, 'GRAPHQL_PARSE_FAILED'],
    ['that is empty', '', undefined, 'BAD_REQUEST'],
    ['of too many words', `{ ${'hub { version } '.repeat(400)} }`, undefined, 'GRAPHQL_PARSE_FAILED'],
    ['that is too deep', deep(60), undefined, 'QUESTION_TOO_LARGE'],
    ['whose fragments multiply', `{ ...f0 } ${fragments}`, undefined, 'QUESTION_TOO_LARGE'],
    ['whose fragments turn in circles', circular, undefined, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'that asks for too many rows',
      '{ terms(first: 200) { nodes { name } } codeLists(first: 200) { nodes { codes { code label } name } } needs(first: 1000000) { nodes { code } } }',
      undefined,
      'QUESTION_TOO_DEAR',
    ],
    [
      'that asks for rows by a variable',
      'query ($n: Int!) { needs(first: $n) { nodes { code } } }',
      { n: 1_000_000 },
      'QUESTION_TOO_DEAR',
    ],
    ['for no rows', '{ needs(first: 0) { nodes { code } } }', undefined, 'PAGE_SIZE'],
    ['with a cursor that is none', '{ needs(after: "’;--") { nodes { code } } }', undefined, 'CURSOR'],
    [
      'of another type',
      'query ($n: Int!) { needs(first: $n) { nodes { code } } }',
      { n: 'many' },
      'BAD_USER_INPUT',
    ],
    [
      'about a county that is none',
      '{ register(county: "6037") { nodes { id } } }',
      undefined,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'about a county by a variable that is none',
      'query ($c: County) { register(county: $c) { nodes { id } } }',
      { c: "06037' OR true" },
      'BAD_USER_INPUT',
    ],
    [
      'about a county that is not there',
      '{ register(county: "99999") { nodes { id } } }',
      undefined,
      'NOT_FOUND',
    ],
    [
      'on a day that is none',
      '{ register(on: "2026-02-30") { nodes { id } } }',
      undefined,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'for a need that is not there',
      '{ needs { nodes { code } } two: needs { nodes { nocode } } }',
      undefined,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'with two operations',
      'query A { hub { version } } query B { hub { version } }',
      undefined,
      'QUESTION_TOO_LARGE',
    ],
  ])('%s is answered with a code', async (_, query, variables, code) => {
    const answer = await server.ask(query, variables === undefined ? {} : { variables });
    expect(answer.errors?.map((error) => error.extensions.code)).toContain(code);
    for (const error of answer.errors ?? []) expect(error.extensions.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(JSON.stringify(answer)).not.toMatch(/node_modules|[.]ts:|SELECT|pg_/);
  });

  test.each([
    ['no JSON', '{"query":', 400, 'BAD_REQUEST'],
    ['a JSON text', '"hub"', 400, 'BAD_REQUEST'],
    ['null', 'null', 400, 'BAD_REQUEST'],
    ['a query that is a number', '{"query": 7}', 400, 'BAD_REQUEST'],
    [
      'more than 100 kB',
      JSON.stringify({ query: `{ hub { version } } #${'x'.repeat(110_000)}` }),
      413,
      'QUESTION_TOO_LARGE',
    ],
    [
      'nested variables',
      `{"query":"{ hub { version } }","variables":${'['.repeat(40_000)}${']'.repeat(40_000)}}`,
      400,
      'BAD_REQUEST',
    ],
  ])('a body of %s is answered with a code', async (_, body, status, code) => {
    const answer = await server.post(body);
    expect([answer.status, codeOf(answer)]).toEqual([status, code]);
  });

  test.each([
    ['a forged token', `Bearer tessera_${'0'.repeat(38)}`],
    ['a token of nobody', 'Bearer eyJhbGciOiJub25lIn0.e30.'],
    ['another scheme', 'Basic c3Rld2FyZDp4'],
    ['an empty one', 'Bearer '],
    ['a very long one', `Bearer ${'a'.repeat(8000)}`],
  ])('%s is refused, and the attempt is on record', async (_, authorization) => {
    const answer = await server.ask('{ hub { version } }', { headers: { authorization } });
    expect([answer.status, codeOf(answer)]).toEqual([401, 'UNAUTHENTICATED']);
    const token = await server.token({ role: 'auditor' });
    const history = await server.ask('{ audit(first: 1) { nodes { outcome person request } } }', { token });
    expect(history).toMatchObject({
      data: {
        audit: {
          nodes: [
            { outcome: 'UNAUTHENTICATED', person: null, request: answer.errors?.[0]?.extensions.requestId },
          ],
        },
      },
    });
  });
});

describe('a reader of the schema', () => {
  test('gets it from an open hub, and every registered document fits it', async () => {
    const { data } = await server.ask(getIntrospectionQuery({ descriptions: false }));
    const schema = buildClientSchema(data as unknown as IntrospectionQuery);
    const files = readdirSync(trustedFolder);
    expect(files.length).toBeGreaterThan(0);
    for (const file of files)
      expect([file, validate(schema, parse(readFileSync(join(trustedFolder, file), 'utf8')))]).toEqual([
        file,
        [],
      ]);
  });

  test('in production asks by registered documents, whole or by hash', async () => {
    const document = readFileSync(join(trustedFolder, 'hub.graphql'), 'utf8');
    expect(await production.ask(document)).toHaveProperty('data.hub');
    expect(await production.ask(`# a comment\n${document.replaceAll('\n', ' ')}`)).toHaveProperty('data.hub');
    const byHash = JSON.stringify({ documentId: documentHash(document) });
    expect(await production.post(byHash)).toHaveProperty('data.hub');
    expect(codeOf(await production.ask('{ hub { version } }'))).toBe('DOCUMENT_NOT_TRUSTED');
    expect(codeOf(await production.post(JSON.stringify({ documentId: '0'.repeat(64) })))).toBe(
      'DOCUMENT_UNKNOWN',
    );
    const both = JSON.stringify({ documentId: documentHash(document), query: '{ me { role } }' });
    expect(codeOf(await production.post(both))).toBe('DOCUMENT_NOT_TRUSTED');
    const apq = { extensions: { persistedQuery: { version: 1, sha256Hash: documentHash(document) } } };
    expect((await production.post(JSON.stringify(apq))).data).toBeUndefined();
  });
});

describe('the record', () => {
  const canary = '48261';
  afterEach(async () => {
    await (await database.as('owner')).query('GRANT INSERT (body) ON audit.entry TO tessera_recorder');
  });

  test('holds no variable, no name that a client chose, and no count', async () => {
    const token = await server.token({ role: 'steward' });
    await server.ask(`query Canary${canary}($name: String) { terms(name: $name) { nodes { name } } }`, {
      token,
      variables: { name: `canary ${canary}` },
    });
    const rows = await server.ask(
      '{ audit(first: 1) { nodes { request person role purpose channel operations document tables outcome } } }',
      { token },
    );
    expect(rows).toMatchObject({
      data: { audit: { nodes: [{ operations: ['terms'], outcome: 'answered', role: 'steward' }] } },
    });
    const owner = await database.as('owner');
    const runner = owner.createQueryRunner();
    await runner.startTransaction();
    await runner.query("SELECT set_config('tessera.audit', 'all', true)");
    const found: unknown = await runner.query('SELECT FROM audit.entry WHERE body LIKE $1', [`%${canary}%`]);
    await runner.rollbackTransaction();
    await runner.release();
    expect(found).toHaveLength(0);
  });

  test('not to be had, there is no answer either', async () => {
    await (await database.as('owner')).query('REVOKE INSERT (body) ON audit.entry FROM tessera_recorder');
    const answer = await server.ask('{ hub { version } }');
    expect([answer.status, answer.data, codeOf(answer)]).toEqual([503, undefined, 'AUDIT_UNAVAILABLE']);
    expect((await fetch(`${server.url}/data/any.csv`)).status).toBe(503);
  });
});

test('a flood of large questions takes a bounded memory and ends', async () => {
  const query = `{ ${'hub { version } '.repeat(300)} }`;
  const before = process.memoryUsage().heapUsed;
  for (let round = 0; round < 10; round++)
    await Promise.all(
      Array.from({ length: 50 }, (_, n) => server.ask(`${query} # ${round} ${n} ${'x'.repeat(50_000)}`)),
    );
  global.gc?.();
  expect((process.memoryUsage().heapUsed - before) / 2 ** 20).toBeLessThan(250);
});
