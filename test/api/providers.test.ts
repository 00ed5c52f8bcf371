/** The asset map by GraphQL, on a made-up directory, with what its questions cost the database. */
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { applyPlan } from '../../etl/providers/import.ts';
import { madeUpDirectory } from '../../etl/synthesize/directory/directory.ts';
import { loadContracts } from '../../src/contracts/contracts.ts';
import { transaction } from '../../src/db/transaction.ts';
import { confirmByLink, entryOfLink } from '../../src/providers/confirm.ts';
import { directory } from '../../src/providers/directory.ts';
import { waitingMail } from '../../src/providers/outbox.ts';
import { planImport } from '../../src/providers/plan-import.ts';
import { todayText } from '../../src/providers/stale.ts';
import { row } from '../providers/rows.ts';
import { testDatabase } from '../support/database.ts';
import { testServer } from '../support/server.ts';

const contracts = loadContracts();
const database = testDatabase();
const server = testServer(database);

beforeAll(async () => {
  const loader = await database.as('loader');
  const rows = madeUpDirectory(contracts, 5, 20_634).map((texts, line) => ({ line, texts }));
  await applyPlan(loader, planImport(contracts, await directory(loader), rows), 'test');
});

type Data = Readonly<Record<string, never>>;
const fieldsOf = (texts: Readonly<Record<string, string>>): object[] =>
  Object.entries(texts).map(([name, text]) => ({ name, values: text.split(';') }));
const record = `mutation ($input: ProgramInput!) { recordProgram(input: $input) { id version name } }`;

describe('providers', () => {
  test('are found by situation, page by page, and a confidential one has no point', async () => {
    const question = `query ($after: String) { providers(near: "06037", need: ["HN.HOU.PLC"], age: 15, first: 40, after: $after) {
      nodes { serves free miles program { id confidential point { latitude } counties phone } } pageInfo { hasNextPage endCursor } } }`;
    const met: {
      serves: boolean;
      program: { id: string; confidential: boolean; point: object | null; counties: string[] };
    }[] = [];
    let after: string | null = null;
    do {
      const { data, errors } = await server.ask(question, { variables: { after } });
      expect(errors).toBeUndefined();
      const page = (data as Data)['providers'] as unknown as {
        nodes: typeof met;
        pageInfo: { hasNextPage: boolean; endCursor: string };
      };
      met.push(...page.nodes);
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(new Set(met.map(({ program }) => program.id)).size).toBe(met.length);
    expect(met.findLastIndex(({ serves }) => serves)).toBe(met.filter(({ serves }) => serves).length - 1);
    const hidden = met.filter(({ program }) => program.confidential);
    expect(hidden.length).toBeGreaterThan(3);
    for (const { program } of hidden)
      expect([program.point, program.counties.length > 1]).toEqual([null, true]);
  });

  test('ask the database once for what hangs on them, however many they are', async () => {
    const api = await database.as('api');
    const asked = vi.spyOn(api, 'query');
    const { errors } = await server.ask(
      '{ providers(first: 200) { nodes { program { capacity { month places } history { version } } } } }',
    );
    expect(errors).toBeUndefined();
    const statements = asked.mock.calls.map(([text]) => text);
    expect(statements.filter((text) => text.includes('directory.capacity WHERE'))).toHaveLength(1);
    expect(statements.filter((text) => text.includes('directory.history'))).toHaveLength(1);
    asked.mockRestore();
  });

  test('are recorded by their county, refused with every reason, and never by another county', async () => {
    const token = await server.token({ role: 'directory-editor', county: '06037' });
    const made = await server.ask(record, {
      token,
      variables: { input: { county: '06037', fields: fieldsOf(row()) } },
    });
    expect(made.errors).toBeUndefined();
    const { id, version } = (made.data as Data)['recordProgram'] as unknown as {
      id: string;
      version: number;
    };
    const wrong = fieldsOf(row({ occupied: '21', min_age: '18', max_age: '12' }));
    const refused = await server.ask(record, {
      token,
      variables: { input: { county: '06037', fields: wrong } },
    });
    expect(refused.errors?.[0]?.message).toBe('max_age is below min_age; occupied is more than capacity.');
    const stale = await server.ask(record, {
      token,
      variables: {
        input: { county: '06037', version: version + 5, fields: fieldsOf(row({ id, max_age: '18' })) },
      },
    });
    expect(stale.errors?.[0]?.extensions.code).toBe('CHANGED_MEANWHILE');
    const elsewhere = await server.token({ role: 'directory-editor', county: '06001' });
    const taken = await server.ask(record, {
      token: elsewhere,
      variables: { input: { county: '06001', version, fields: fieldsOf(row({ id })) } },
    });
    expect(taken.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });
});

test('the map and the gaps are told without a release, and the what-if changes what it supposes alone', async () => {
  const { data, errors } =
    await server.ask(`{ assetMap(need: "HN.SUD") { programs confidential counties { county programs } }
    resourceGaps(county: "06003") { period needs { need programs unanswered needs unmet { status value } } }
    more: resourceGaps(county: "06003", whatIf: {need: "HN.SUD", programs: 2, places: 9}) { needs { need programs places } } }`);
  expect(errors).toBeUndefined();
  const { assetMap, resourceGaps, more } = data as unknown as {
    assetMap: { counties: { county: string; programs: number }[] };
    resourceGaps: { period: null; needs: { need: string; programs: number; unmet: { status: string } }[] };
    more: { needs: { need: string; programs: number }[] };
  };
  const alpine = assetMap.counties.find(({ county }) => county === '06003')?.programs;
  const now = resourceGaps.needs.find(({ need }) => need === 'HN.SUD');
  expect([now?.programs, now?.unmet.status, resourceGaps.period]).toEqual([alpine, 'NOT_AVAILABLE', null]);
  for (const { need, programs } of more.needs) {
    const before = resourceGaps.needs.find((gap) => gap.need === need)?.programs ?? 0;
    expect([need, programs - before]).toEqual([need, need === 'HN.SUD' ? 2 : 0]);
  }
});

test('a provider confirms its entry by the link that was mailed, once', async () => {
  const api = await database.as('api');
  const token = await server.token({ role: 'steward' });
  const program = (await directory(api)).programs.find(
    ({ verification }) => (verification.on ?? '') < '2026-01-01',
  );
  const { errors } = await server.ask(`mutation { askProvider(program: "${program?.id}") }`, { token });
  expect(errors).toBeUndefined();
  const [mail] = await waitingMail(await database.as('loader'));
  expect(mail?.to).toBe(program?.contact.email);
  const secret = /\/map\/confirm\/([\w-]+)/.exec(mail?.body ?? '')?.[1] ?? '';
  expect((await entryOfLink(api, secret))?.id).toBe(program?.id);
  // Looking is not confirming: programs that read mail follow links.
  const page = await fetch(`${server.url}/map/confirm/${secret}`);
  expect([page.status, (await directory(api)).byId.get(program?.id ?? '')?.version]).toEqual([
    200,
    program?.version,
  ]);
  expect([await confirmByLink(api, secret), await confirmByLink(api, secret)]).toEqual([true, false]);
  expect((await directory(api)).byId.get(program?.id ?? '')?.verification.on).toBe(todayText());
});

test('nothing that was asked is on record: only that somebody asked', async () => {
  await server.ask('query ($w: String) { providers(words: $w) { nodes { free } } }', {
    variables: { w: 'zanzibar' },
  });
  const form = await fetch(`${server.url}/map/find`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'words=zanzibar&age=16',
  });
  expect(form.status).toBe(200);
  const onRecord = async (words: string): Promise<number> =>
    transaction(
      await database.as('owner'),
      async ({ client }) => {
        const like = `%${words}%`;
        const found = await client.query('SELECT FROM audit.entry WHERE body LIKE $1', [like]);
        return found.rowCount ?? 0;
      },
      { audit: 'all' },
    );
  await expect.poll(() => onRecord('"providers"')).toBeGreaterThan(1);
  expect(await onRecord('zanzibar')).toBe(0);
});
