/** The forms about people, roles and tokens, as a browser sends them, over the real database. */
import { beforeAll, expect, test } from 'vitest';
import { readerOfToken } from '../../src/access/tokens.ts';
import { testDatabase } from '../support/database.ts';
import { governedConsole, readerIn } from './test-console.ts';

const database = testDatabase();
const console = governedConsole(database, ['steward', 'county-analyst', 'auditor']);

/** Whoever asks is known to the gatekeeper, in the role that they ask in. */
beforeAll(async () => {
  const owner = await database.as('owner');
  for (const role of ['steward', 'county-analyst'] as const) {
    const { person, held, county, purposes } = readerIn(role);
    await owner.query(`INSERT INTO access.person (id, kind, name) VALUES ($1, 'person', $2)`, [person, role]);
    await owner.query(
      `INSERT INTO access.role_held (id, person_id, role, county, purposes, effective_from) VALUES ($1, $2, $3, $4, $5, '2025-01-01')`,
      [held, person, role, county, purposes],
    );
  }
});

type Asker = 'steward' | 'county-analyst' | 'auditor';

const read = async (role: Asker): Promise<string> =>
  (await fetch(console.at('/people', role), { headers: { accept: 'text/html' } })).text();

async function send(
  path: string,
  role: Asker,
  fields: Record<string, string> = {},
): Promise<{ readonly status: number; readonly body: string }> {
  const answer = await fetch(console.at(path, role), {
    method: 'POST',
    redirect: 'manual',
    headers: { 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams(fields),
  });
  return { status: answer.status, body: await answer.text() };
}

test('a steward lets somebody in once, gives them a role, and ends both', async () => {
  const person = { name: 'N. Newcomer', email: 'new@county.example', key: 'k1' };
  for (let time = 0; time < 2; time++) expect((await send('/people', 'steward', person)).status).toBe(303);
  const refused = await send('/people', 'steward', { ...person, key: 'k2' });
  expect(refused.body).toContain('Somebody with this e-mail address may come in already.');
  const page = await read('steward');
  expect(page.match(/<th scope="row">N\. Newcomer/g)).toHaveLength(1);
  const id =
    /action="\/people\/([0-9a-f-]{36})\/end"><button type="submit" class="plain">End access<span class="unseen">: N\. N/.exec(
      page,
    )?.[1] ?? '';

  const role = { person: id, role: 'county-analyst', county: '06037', key: 'k3' };
  expect((await send('/people/roles', 'steward', { ...role, county: '' })).body).toContain(
    'The role county-analyst is held for a county.',
  );
  for (const until of ['2026-02-30', '2020-01-01'])
    expect((await send('/people/roles', 'steward', { ...role, until })).body).toMatch(/The last day/);
  expect((await send('/people/roles', 'steward', role)).status).toBe(303);
  const held =
    /\/people\/roles\/([0-9a-f-]{36})\/end"><button type="submit" class="plain">End this role<span class="unseen">: N\. N/;
  const given = held.exec(await read('steward'))?.[1] ?? '';
  expect((await send(`/people/roles/${given}/end`, 'steward')).status).toBe(303);
  expect((await send(`/people/roles/${given}/end`, 'steward')).status).toBe(404);
  expect((await send(`/people/${id}/end`, 'steward')).status).toBe(303);
  expect(held.exec(await read('steward'))).toBe(null);
});

test('a token is shown once, is good at once, and is good no more when it is revoked', async () => {
  const gate = await database.as('gatekeeper');
  const wanted = { name: 'my script', days: '30', key: 't1' };
  const made = await send('/people/tokens', 'county-analyst', wanted);
  const text = /tessera_\w+/.exec(made.body)?.[0] ?? '';
  expect(await readerOfToken(gate, text)).toMatchObject({ role: 'county-analyst', county: '06037' });
  expect((await send('/people/tokens', 'county-analyst', wanted)).body).not.toContain('tessera_');
  expect(
    (await send('/people/tokens', 'county-analyst', { ...wanted, days: '999', key: 't2' })).body,
  ).toContain('A token is good for 1 to 366 days.');
  const own = await read('county-analyst');
  expect(own).toContain('my script');
  expect(own).not.toContain(text);
  const id = /\/people\/tokens\/([0-9a-f-]{36})\/revoke/.exec(own)?.[1] ?? '';
  expect((await send(`/people/tokens/${id}/revoke`, 'county-analyst')).status).toBe(303);
  expect(await readerOfToken(gate, text)).toBeUndefined();
});

test('nobody else’s token can be revoked by whoever sees only their own, and an auditor changes nothing', async () => {
  await send('/people/tokens', 'steward', { name: 'theirs', days: '1', key: 't3' });
  const id =
    /\/people\/tokens\/([0-9a-f-]{36})\/revoke"><button type="submit" class="plain">Revoke<span class="unseen">: theirs/.exec(
      await read('steward'),
    )?.[1];
  expect(id).toBeDefined();
  expect((await send(`/people/tokens/${id}/revoke`, 'county-analyst')).status).toBe(404);
  const page = await read('auditor');
  expect(page).toContain('<th scope="row">county-analyst');
  expect(page).not.toContain('theirs');
  expect(page).not.toContain('End access');
  expect((await send('/people', 'auditor', { name: 'X', email: 'x@y.example', key: 'k' })).status).toBe(404);
});
