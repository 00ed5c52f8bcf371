/** The forms of the county register and of agreements, as a browser sends them, over the real database. */
import { beforeAll, describe, expect, test } from 'vitest';
import { loadContracts } from '../../src/contracts/contracts.ts';
import { transaction } from '../../src/db/transaction.ts';
import type { RegisterEntry } from '../../src/register/entries.ts';
import { requiredParties } from '../../src/register/required-parties.ts';
import type { Role } from '../../web/viewer.ts';
import { testDatabase } from '../support/database.ts';
import { governedConsole } from './test-console.ts';

const database = testDatabase();
const console = governedConsole(database, ['committee-member', 'county-counsel', 'auditor', 'steward']);

beforeAll(async () => {
  await transaction(
    await database.as('owner'),
    ({ client }) =>
      client.query(`INSERT INTO governance.agency (id, name, system, county_fips) VALUES ('CW-1', 'Agency CW-1', 'child_welfare', '06037');
        INSERT INTO governance.agreement (id, agencies, record_types, purposes, minor_consent_services, content_up_front, effective_from)
        VALUES ('AG-1', '{CW-1}', '{person}', '{program_evaluation}', false, false, '2025-01-01')`),
    { county: '*' },
  );
});

const read = async (path: string, role: Role): Promise<string> =>
  (await fetch(console.at(path, role), { headers: { accept: 'text/html' } })).text();

async function send(
  path: string,
  role: Role,
  fields: readonly (readonly [string, string])[],
): Promise<{ readonly status: number; readonly location: string; readonly body: string }> {
  const answer = await fetch(console.at(path, role), {
    method: 'POST',
    redirect: 'manual',
    headers: { 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams(fields.map(([name, value]) => [name, value])),
  });
  return { status: answer.status, location: answer.headers.get('location') ?? '', body: await answer.text() };
}

/** What a form holds when it is opened: hidden fields, dates, and what is chosen. */
function held(page: string, action: string): [string, string][] {
  const form = new RegExp(`<form[^>]*action="${action}"[^>]*>(.*?)</form>`, 's').exec(page)?.[1] ?? '';
  return [...form.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([input]) => [
    /name="([^"]*)"/.exec(input)?.[1] ?? '',
    /value="([^"]*)"/.exec(input)?.[1] ?? '',
  ]);
}

describe('the register', () => {
  const party = [
    ['field-party', 'PA.CW'],
    ['field-standing', 'required'],
    ['from', '2026-01-01'],
    ['to', ''],
  ] as const;

  test('takes an entry once from its form, keeps its versions, and says what the statute still asks', async () => {
    const form = held(await read('/register/new/party', 'committee-member'), '/register/new/party');
    expect(form.map(([name]) => name)).toEqual(['key']);
    const made = await send('/register/new/party', 'committee-member', [...form, ...party]);
    expect([made.status, made.location]).toEqual([303, expect.stringMatching(/^\/register\/[0-9a-f-]{36}$/)]);
    const again = await send('/register/new/party', 'committee-member', [...form, ...party]);
    expect(again.location).toBe(made.location);

    const page = await read(made.location, 'committee-member');
    const ended = await send(made.location, 'committee-member', [
      ...held(page, made.location),
      ...party.slice(0, 3),
      ['to', '2026-06-30'],
    ]);
    expect(ended.status).toBe(303);
    const stale = await send(made.location, 'committee-member', [
      ...held(page, made.location),
      ...party.slice(0, 3),
      ['to', '2026-07-31'],
    ]);
    expect([stale.status, stale.body]).toEqual([
      422,
      expect.stringContaining('not as its writer had seen it'),
    ]);

    const then = await read('/register?on=2026-06-30', 'committee-member');
    expect(then).toContain('Child welfare');
    expect(then).toContain('The statute asks 7 parties of the protocol.');
    expect(then).toContain('Not on the register: <strong lang="en">Probation, Mental health');
    expect(await read('/register?on=2026-07-01', 'committee-member')).toContain(
      'Not on the register: <strong lang="en">Child welfare, Probation',
    );
  });

  test('says what is wrong beside what was filled in, and records nothing', async () => {
    const wrong = await send('/register/new/funding', 'committee-member', [
      ['key', 'k'],
      ['field-fiscal_year', 'last year'],
      ['field-source', 'The state <b>'],
      ['field-dollars', '5'],
      ['field-permitted_uses', 'prevention'],
      ['field-permitted_uses', 'services'],
      ['from', '2026-02-30'],
    ]);
    expect(wrong.status).toBe(422);
    expect(wrong.body).toContain('funding: fiscal_year has another form.');
    expect(wrong.body).toContain('The state &lt;b></textarea>');
    expect(wrong.body.match(/ checked/g)).toHaveLength(2);
    const day = await send('/register/new/pilot_scope', 'committee-member', [
      ['key', 'k2'],
      ['field-scope', 'area'],
      ['from', '2026-02-30'],
    ]);
    expect([day.status, day.body]).toEqual([422, expect.stringContaining('a day such as 2026-03-01')]);
    expect(await read('/register', 'committee-member')).not.toContain('The state &lt;b>');
  });

  test('lets a member write for their own county, the steward for any, and an auditor for none', async () => {
    const scope = (key: string, county: string) =>
      [
        ['key', key],
        ['county', county],
        ['field-scope', 'area'],
        ['from', '2026-01-01'],
      ] as const;
    expect((await send('/register/new/pilot_scope', 'committee-member', scope('a', '06001'))).status).toBe(
      303,
    );
    expect((await send('/register/new/pilot_scope', 'steward', scope('b', '06001'))).status).toBe(303);
    expect((await send('/register/new/pilot_scope', 'steward', scope('c', ''))).status).toBe(404);
    expect((await send('/register/new/pilot_scope', 'auditor', scope('d', '06037'))).status).toBe(404);
    for (const [county, entries] of [
      ['06037', 1],
      ['06001', 1],
      ['06073', 0],
    ] as const)
      expect([
        county,
        (await read(`/register?county=${county}`, 'auditor')).match(/One area/g)?.length ?? 0,
      ]).toEqual([county, entries]);
    for (const role of ['committee-member', 'auditor'] as const)
      expect(await read('/register/new/recommendation', role)).toContain('There is no such page');
    const recommendation = [
      ['key', 'r'],
      ['field-recommendation', 'R1'],
      ['field-words', 'An oversight body'],
      ['field-priority', '1'],
      ['field-status', 'under_way'],
      ['field-as_of', '2026-01-01'],
      ['from', '2026-01-01'],
    ] as const;
    expect((await send('/register/new/recommendation', 'steward', recommendation)).status).toBe(303);
    expect(await read('/register', 'committee-member')).toContain('An oversight body');
  });
});

describe('an agreement', () => {
  const terms = [
    ['field-kind', 'dsa'],
    ['field-parties', 'PA.CW'],
    ['field-permitted_uses', 'link'],
    ['field-permitted_uses', 'estimate'],
    ['field-prohibited_uses', 'prosecution'],
    ['field-redisclosure', 'none'],
    ['field-custodian', 'CW-1'],
    ['field-retention_months', '36'],
    ['field-destruction', 'delete'],
    ['field-change_and_termination', 'In writing.'],
  ] as const;

  test('gets its terms from counsel, version by version', async () => {
    const page = await read('/agreements/AG-1', 'county-counsel');
    expect(
      (await send('/agreements/AG-1/terms', 'county-counsel', [['version', '0'], ...terms])).status,
    ).toBe(303);
    const stale = await send('/agreements/AG-1/terms', 'county-counsel', [
      ...held(page, '/agreements/AG-1/terms'),
      ...terms,
    ]);
    expect([stale.status, stale.body]).toEqual([
      422,
      expect.stringContaining('not as their writer had seen them'),
    ]);
    expect(await read('/agreements/AG-1', 'auditor')).toContain('Estimates, Linkage across agencies');
    expect(await read('/agreements/AG-1', 'auditor')).not.toContain('action="/agreements');
  });

  test('is put to counsel by somebody else, who decides once', async () => {
    const asked = [
      ['key', 'q'],
      ['reason', 'May it cover school records?'],
    ] as const;
    expect((await send('/agreements/AG-1/review', 'steward', asked)).status).toBe(303);
    expect((await send('/agreements/AG-1/review', 'county-counsel', asked)).status).toBe(404);
    const queue = await read('/agreements', 'county-counsel');
    expect(queue).toContain('May it cover school records?');
    const decide = /action="(\/agreements\/reviews\/[0-9a-f-]{36})"/.exec(queue)?.[1] ?? '';
    expect((await send(decide, 'steward', [['decision', 'approved']])).status).toBe(404);
    expect((await send(decide, 'county-counsel', [['decision', 'perhaps']])).status).toBe(404);
    expect((await send(decide, 'county-counsel', [['decision', 'approved']])).status).toBe(303);
    expect((await send(decide, 'county-counsel', [['decision', 'refused']])).status).toBe(303);
    const after = await read('/agreements', 'auditor');
    expect(after).toContain('<td>Approved</td>');
    expect(after).not.toContain('<td>open</td>');
  });

  test('is ended on a day, and is not prolonged', async () => {
    const end = async (day: string) => send('/agreements/AG-1/end', 'county-counsel', [['last_day', day]]);
    expect((await end('soon')).status).toBe(422);
    expect((await end('2024-12-31')).body).toContain('it cannot end before');
    expect((await end('2025-06-30')).status).toBe(303);
    expect((await end('2030-01-01')).status).toBe(422);
    expect(await read('/agreements', 'auditor')).toContain('June 30, 2025');
    expect((await send('/agreements/AG-9/end', 'county-counsel', [['last_day', '2025-06-30']])).status).toBe(
      404,
    );
  });
});

test('which parties are asked of a county depends on the day of its protocol', () => {
  const { parties } = loadContracts();
  const entry = (kind: string, content: RegisterEntry['content']): RegisterEntry => ({
    id: kind,
    version: 1,
    county: '06037',
    kind,
    effectiveFrom: '2015-01-01',
    effectiveTo: null,
    withdrawn: false,
    content,
    recordedAt: new Date(),
  });
  const protocol = (day: string) => entry('submission', { document: 'protocol', submitted_on: day });
  const old = requiredParties(
    parties,
    [protocol('2015-10-01'), entry('party', { party: 'PA.CW' })],
    '2026-01-01',
  );
  expect(old?.missing).toEqual(['PA.PRB', 'PA.MH', 'PA.PH', 'PA.JC']);
  const revised = [protocol('2015-10-01'), protocol('2019-03-01')];
  expect(requiredParties(parties, revised, '2026-01-01')?.missing).toHaveLength(7);
  expect(requiredParties(parties, [], '2026-01-01')?.missing).toHaveLength(7);
  expect(requiredParties(parties, [], '2010-01-01')).toBeUndefined();
});
