/** The asset map by GraphQL, on a made-up directory, with what its questions cost the database. */
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { madeUpDirectory } from '../../etl/synthesize/directory/directory.ts';
import { mailProviders } from '../../src/app/mail-providers.ts';
import { loadContracts } from '../../src/contracts/contracts.ts';
import { transaction } from '../../src/db/transaction.ts';
import { applyPlan } from '../../src/providers/apply-plan.ts';
import { directoryCsv } from '../../src/providers/as-csv.ts';
import { type Texts, textsOf } from '../../src/providers/as-texts.ts';
import { confirmByLink, entryOfLink } from '../../src/providers/confirm.ts';
import { directory } from '../../src/providers/directory.ts';
import { planImport } from '../../src/providers/plan-import.ts';
import type { Program } from '../../src/providers/program.ts';
import { todayText } from '../../src/providers/stale.ts';
import { hidden, row } from '../providers/rows.ts';
import { testDatabase } from '../support/database.ts';
import { mailServer } from '../support/mail-server.ts';
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

test('a file through the console is looked at first, taken in once, and of its county alone', async () => {
  const api = await database.as('api');
  const { programs } = await directory(api);
  const keptBy = (county: string): Texts => {
    const found = programs.find(({ place }) => place.kind === 'open' && place.keptBy === county);
    return textsOf(found as Program);
  };
  const changed = (county: string): Texts => ({ ...keptBy(county), verified_by: 'a test' });
  const [own, other] = [changed('06059'), changed('06037')];
  const fresh = row({
    provider: 'Quelvast Circle (made up)',
    program: 'Evening Line',
    kept_by: '06059',
    counties: '06059',
  });
  const barred = row({
    ...hidden,
    provider: 'Xandrel House (made up)',
    street: '77 Xandrel Street',
    city: 'Nowhere',
  });
  const body = new FormData();
  const text = directoryCsv(contracts, [own, other, fresh, barred, keptBy('06001')]);
  body.set('file', new File([text], 'programs.csv'));
  const editor = { role: 'directory-editor', county: '06059' } as const;
  const [token, another] = [await server.token(editor), await server.token({ ...editor, county: '06001' })];
  const send = (path: string, sent: BodyInit, as: string): Promise<Response> =>
    fetch(`${server.url}${path}`, { method: 'POST', body: sent, headers: { authorization: `Bearer ${as}` } });
  const stored = async (): Promise<string[]> =>
    transaction(
      await database.as('owner'),
      async ({ client }) => (await client.query<{ rows: object }>('SELECT rows FROM directory.upload')).rows,
      { county: '*' },
    ).then((rows) => rows.map((one) => JSON.stringify(one)));

  const looked = await (await send('/map/import', body, token)).text();
  expect(looked).toContain(
    '5 rows: 1 added, 1 changed, 1 as they stand, 0 to wait for somebody to look, 2 refused.',
  );
  expect(looked).toContain('kept_by is another county');
  expect(looked).toContain('is of a confidential place, and never held');
  expect((await directory(api)).programs.length).toBe(programs.length);
  const [waits = '', ...more] = await stored();
  expect([waits.includes('Quelvast'), waits.includes('Xandrel'), more]).toEqual([true, false, []]);

  const upload = /name="upload" value="([0-9a-f-]{36})"/.exec(looked)?.[1] ?? '';
  const taking = (as: string): Promise<Response> =>
    send('/map/import/take', new URLSearchParams({ upload }), as);
  expect((await taking(another)).status).toBe(404);
  expect((await taking(token)).status).toBe(200);
  const after = await directory(api);
  expect(after.programs.length).toBe(programs.length + 1);
  expect(after.byId.get(own['id'] ?? '')?.verification.by).toBe('a test');
  expect(after.byId.get(other['id'] ?? '')?.verification.by).not.toBe('a test');
  expect([await stored(), (await taking(token)).status]).toEqual([[], 404]);
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

/** The one mail that goes out once a server is there that takes it: until then it waits. */
async function mailed(): Promise<string> {
  const loader = await database.as('loader');
  const { url, mails, close } = await mailServer();
  const relay = { url, from: 'hub@example.org', passwordFile: undefined };
  try {
    const nowhere = { ...relay, url: new URL('smtp://127.0.0.1:1') };
    expect(await mailProviders(loader, nowhere)).toEqual({ sent: 0, kept: 1 });
    expect(await mailProviders(loader, relay)).toEqual({ sent: 1, kept: 0 });
    expect(await mailProviders(loader, relay)).toEqual({ sent: 0, kept: 0 });
    // Long lines are folded, which the link must survive.
    return (mails[0] ?? '').replaceAll('=\r\n', '');
  } finally {
    await close();
  }
}

test('a provider confirms its entry by the link that was mailed, once', async () => {
  const api = await database.as('api');
  const token = await server.token({ role: 'steward' });
  const program = (await directory(api)).programs.find(
    ({ verification }) => (verification.on ?? '') < '2026-01-01',
  );
  const { errors } = await server.ask(`mutation { askProvider(program: "${program?.id}") }`, { token });
  expect(errors).toBeUndefined();
  const mail = await mailed();
  expect(mail).toContain(`To: ${program?.contact.email}`);
  const secret = /\/map\/confirm\/([\w-]+)/.exec(mail)?.[1] ?? '';
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
