import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { beforeAll, describe, expect, test } from 'vitest';
import { hostRole } from '../../src/access/host-account.ts';
import { mayDeliver } from '../../src/access/may-deliver.ts';
import { addPerson, endPerson, endRole, giveRole } from '../../src/access/people.ts';
import { codeAt, stepAt } from '../../src/access/second-factor.ts';
import { makeLink } from '../../src/access/sessions.ts';
import { setPassword } from '../../src/access/sign-in.ts';
import { createToken, listTokens, revokeToken } from '../../src/access/tokens.ts';
import { transaction } from '../../src/db/transaction.ts';
import { testDatabase } from '../support/database.ts';
import { testProvider } from '../support/provider.ts';
import { testServer } from '../support/server.ts';
import { Visitor } from '../support/visitor.ts';

const database = testDatabase();
let port = 0;
beforeAll(async () => {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((listening) => probe.once('listening', listening));
  port = (probe.address() as AddressInfo).port;
  await new Promise((closed) => probe.close(closed));
});
const publicUrl = (): string => `http://localhost:${port}`;
const provider = testProvider(() => `${publicUrl()}/sign-in/provider/return`, publicUrl);
const server = testServer(database, () => ({
  PORT: String(port),
  TESSERA_PUBLIC_URL: publicUrl(),
  TESSERA_OIDC_ISSUER: provider.issuer,
  TESSERA_OIDC_CLIENT_ID: provider.clientId,
  TESSERA_OIDC_CLIENT_SECRET: provider.clientSecret,
}));
const who = '{ me { name role county secondFactor roles { held role } } }';

beforeAll(async () => {
  await transaction(
    await database.as('owner'),
    ({ client }) =>
      client.query(`INSERT INTO governance.agency VALUES ('CW-1', 'Agency CW-1', 'child_welfare', '06037'),
          ('CW-2', 'Agency CW-2', 'child_welfare', '06001');
        INSERT INTO governance.agreement (id, agencies, record_types, purposes, minor_consent_services, content_up_front, effective_from)
          VALUES ('AG-1', '{CW-1}', '{person}', '{program_evaluation}', false, false, '2025-01-01')`),
    { county: '*' },
  );
});

async function somebody(name: string, email: string): Promise<string> {
  return addPerson(await database.as('gatekeeper'), { name, email });
}

describe('with the identity provider', () => {
  test('somebody who was let in by e-mail address comes in, and is known by it from then on', async () => {
    const gate = await database.as('gatekeeper');
    const person = await somebody('A. Analyst', 'Analyst@County.example');
    await giveRole(gate, { person, role: 'county-analyst', county: '06037' });
    const visitor = new Visitor();
    const { response, way } = await visitor.follow(`${server.url}/sign-in/provider`);
    expect(response.status).toBe(200);
    expect(way.at(-1)).toBe(`${publicUrl()}/`);
    expect(new URL(way[1] ?? '').searchParams.get('code_challenge_method')).toBe('S256');
    expect(await visitor.ask(server.url, who)).toMatchObject({
      data: { me: { name: 'A. Analyst', role: 'COUNTY_ANALYST', county: '06037' } },
    });
    provider.account = { ...provider.account, email: 'changed@county.example' };
    const again = new Visitor();
    await again.follow(`${server.url}/sign-in/provider`);
    expect(await again.ask(server.url, who)).toMatchObject({ data: { me: { name: 'A. Analyst' } } });

    await visitor.request(`${server.url}/sign-out`, { method: 'POST' });
    expect(await visitor.ask(server.url, who)).toMatchObject({ data: { me: { role: 'PUBLIC' } } });
    await endPerson(gate, person);
    expect(await again.ask(server.url, who)).toMatchObject({ data: { me: { role: 'PUBLIC' } } });
  });

  test.each([
    [
      'is not known here',
      { sub: 'two', email: 'stranger@county.example', email_verified: true },
      'known@county.example',
    ],
    [
      'has an address that the provider did not verify',
      { sub: 'three', email: 'unverified@county.example', email_verified: false },
      'unverified@county.example',
    ],
  ])('somebody who %s does not', async (_, account, letIn) => {
    const person = await somebody('K. Known', letIn);
    await giveRole(await database.as('gatekeeper'), { person, role: 'state-analyst' });
    provider.account = account;
    const { response } = await new Visitor().follow(`${server.url}/sign-in/provider`);
    expect(response.status).toBe(401);
  });

  test('an answer that was meant for another browser, or comes twice, is refused', async () => {
    provider.account = { sub: 'one', email: '', email_verified: false };
    const visitor = new Visitor();
    const { way } = await visitor.follow(`${server.url}/sign-in/provider`);
    const back = way.find((address) => address.includes('/sign-in/provider/return')) ?? '';
    expect(back).toContain('code=');
    expect((await new Visitor().request(back)).status).toBe(401);
    expect((await visitor.request(back)).status).toBe(401);
    const other = new Visitor();
    await other.request(`${server.url}/sign-in/provider`);
    expect((await other.request(back)).status).toBe(401);
  });

  test('a program comes in with an access token for this hub, in the role that it names', async () => {
    const gate = await database.as('gatekeeper');
    const person = await somebody('A program', 'program@county.example');
    await gate.query('UPDATE access.person SET issuer = $2, subject = $3 WHERE id = $1', [
      person,
      provider.issuer,
      provider.clientId,
    ]);
    await giveRole(gate, { person, role: 'state-analyst' });
    await giveRole(gate, { person, role: 'county-analyst', county: '06001' });
    const granted = await fetch(`${provider.issuer}/token`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${provider.clientId}:${encodeURIComponent(provider.clientSecret)}`).toString('base64')}`,
      },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'read', resource: publicUrl() }),
    });
    const { access_token: token } = (await granted.json()) as { access_token: string };
    expect(await server.ask(who, { token })).toMatchObject({
      status: 200,
      data: { me: { role: 'STATE_ANALYST' } },
    });
    const named = await server.ask(who, { token, headers: { 'x-tessera-role': 'county-analyst@06001' } });
    expect(named).toMatchObject({ data: { me: { role: 'COUNTY_ANALYST', county: '06001' } } });
    const wrong = await server.ask(who, { token, headers: { 'x-tessera-role': 'steward' } });
    expect(wrong).toMatchObject({ status: 401, errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });
});

describe('without a provider', () => {
  test('a link is good once, and brings its role with both factors', async () => {
    const gate = await database.as('gatekeeper');
    const address = `${server.url}/sign-in/link/${await makeLink(gate, await hostRole(gate, { role: 'steward' }))}`;
    const visitor = new Visitor();
    expect((await visitor.request(address)).headers.get('location')).toBe('/');
    expect(await visitor.ask(server.url, '{ people(first: 1) { nodes { kind } } }')).toHaveProperty(
      'data.people',
    );
    expect((await new Visitor().request(address)).status).toBe(401);
    expect((await new Visitor().request(`${server.url}/sign-in/link/none`)).status).toBe(401);
  });

  test('a password needs the second factor once there is one, and a steward is nobody without it', async () => {
    const gate = await database.as('gatekeeper');
    const person = await somebody('S. Steward', 'steward@state.example');
    await giveRole(gate, { person, role: 'steward' });
    await setPassword(gate, person, 'seven quiet otters');
    const enter = async (code: string, password = 'seven quiet otters') => {
      const visitor = new Visitor();
      const { status } = await visitor.request(`${server.url}/sign-in`, {
        method: 'POST',
        body: new URLSearchParams({ email: 'Steward@State.example', password, code }),
      });
      return { visitor, status };
    };
    expect((await enter('', 'seven quiet otter')).status).toBe(401);
    const { visitor } = await enter('');
    expect(await visitor.ask(server.url, who)).toMatchObject({ data: { me: { secondFactor: false } } });
    expect(await visitor.ask(server.url, '{ people(first: 1) { nodes { id } } }')).toMatchObject({
      errors: [{ extensions: { code: 'NOT_FOUND' } }],
    });
    const offer = (await visitor.ask(
      server.url,
      'mutation { offerSecondFactor { address sealed } }',
    )) as unknown as {
      data: { offerSecondFactor: { address: string; sealed: string } };
    };
    const { address, sealed } = offer.data.offerSecondFactor;
    const secret = fromBase32(new URL(address).searchParams.get('secret') ?? '');
    const take = (code: string) =>
      visitor.ask(server.url, `mutation { takeSecondFactor(sealed: "${sealed}", code: "${code}") { id } }`);
    expect(await take('000000')).toMatchObject({ errors: [{ extensions: { code: 'SECOND_FACTOR' } }] });
    const step = stepAt(new Date());
    expect(await take(codeAt(secret, step))).toHaveProperty('data.takeSecondFactor.id', person);
    expect((await enter('')).status).toBe(401);
    expect((await enter(codeAt(secret, step))).status).toBe(401);
    const known = await enter(codeAt(secret, step + 1));
    expect(await known.visitor.ask(server.url, '{ people(first: 1) { nodes { kind } } }')).toHaveProperty(
      'data.people',
    );
    expect((await enter(codeAt(secret, step + 1))).status).toBe(401);
  });

  test('a session acts in another of its own roles, and in nobody else’s', async () => {
    const gate = await database.as('gatekeeper');
    const person = await somebody('T. Two', 'two@county.example');
    const first = await giveRole(gate, { person, role: 'county-analyst', county: '06037' });
    const second = await giveRole(gate, { person, role: 'committee-member', county: '06001' });
    const visitor = new Visitor();
    await visitor.request(`${server.url}/sign-in/link/${await makeLink(gate, first)}`);
    const take = (held: string) =>
      visitor.request(`${server.url}/sign-in/role`, { method: 'POST', body: new URLSearchParams({ held }) });
    await take(second);
    expect(await visitor.ask(server.url, who)).toMatchObject({ data: { me: { role: 'COMMITTEE_MEMBER' } } });
    await take(await hostRole(gate, { role: 'steward' }));
    expect(await visitor.ask(server.url, who)).toMatchObject({ data: { me: { role: 'COMMITTEE_MEMBER' } } });
  });

  test('a session changes nothing from another site’s page, and ends when it is left alone', async () => {
    const gate = await database.as('gatekeeper');
    const held = await hostRole(gate, { role: 'steward' });
    const visitor = new Visitor();
    await visitor.request(`${server.url}/sign-in/link/${await makeLink(gate, held)}`);
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.example' }])
      expect(await visitor.ask(server.url, who, headers)).toMatchObject({
        errors: [{ extensions: { code: 'CROSS_SITE' } }],
      });
    expect(visitor.cookie(server.url, 'tessera-session')).toMatch(/^[\w-]{43}$/);
    await gate.query(`UPDATE access.session SET seen_at = now() - interval '31 minutes'`);
    expect(await visitor.ask(server.url, who)).toMatchObject({ data: { me: { role: 'PUBLIC' } } });
  });
});

describe('a token', () => {
  test('ends when it is revoked, when it expires, and with its role, its person and its agreement', async () => {
    const gate = await database.as('gatekeeper');
    const person = await somebody('P. Program', 'ends@county.example');
    const held = await giveRole(gate, { person, role: 'county-analyst', county: '06037', agreement: 'AG-1' });
    const make = async (held: string) =>
      (await createToken(gate, { held, name: 't', days: 1, factors: 1 })).text ?? '';
    const status = async (token: string) => (await server.ask(who, { token })).status;
    const revoked = await make(held);
    expect(await status(revoked)).toBe(200);
    const [newest] = await listTokens(gate, { most: 1 });
    expect(await revokeToken(gate, newest?.id ?? '')).toBe(true);
    expect(await status(revoked)).toBe(401);

    const other = await giveRole(gate, { person, role: 'state-analyst' });
    const byRole = await make(other);
    await endRole(gate, other);
    expect(await status(byRole)).toBe(401);

    const byAgreement = await make(held);
    expect(await status(byAgreement)).toBe(200);
    const owner = await database.as('owner');
    await owner.query(`UPDATE governance.agreement SET effective_to = current_date - 1 WHERE id = 'AG-1'`);
    expect(await status(byAgreement)).toBe(401);
    await owner.query(`UPDATE governance.agreement SET effective_to = NULL WHERE id = 'AG-1'`);
    expect(await status(byAgreement)).toBe(200);

    await owner.query(
      `UPDATE access.token SET expires_at = now() WHERE revoked_at IS NULL AND held_id = $1`,
      [held],
    );
    expect(await status(byAgreement)).toBe(401);
    const byPerson = await make(held);
    await endPerson(gate, person);
    expect(await status(byPerson)).toBe(401);
  });

  test('is kept as a hash, and good for no more than its scopes', async () => {
    const token = await server.token({ role: 'steward' }, { scopes: ['terms'] });
    const stored = await (await database.as('gatekeeper')).query<{ row: string }[]>(
      'SELECT t::text AS row FROM access.token t',
    );
    expect(stored.some(({ row }) => row.includes(token.slice(8, 30)))).toBe(false);
    expect(await server.ask('{ terms(first: 1) { nodes { name } } }', { token })).toHaveProperty(
      'data.terms',
    );
    expect(await server.ask('{ runs { nodes { id } } }', { token })).toMatchObject({
      errors: [{ extensions: { code: 'NOT_FOUND' } }],
    });
  });

  test('of a submitter may deliver for its own agency and for no other', async () => {
    const gate = await database.as('gatekeeper');
    const may = async (agency: string, token?: string) => {
      const authorization = token === undefined ? undefined : `Bearer ${token}`;
      const asked = mayDeliver(
        gate,
        undefined,
        { authorization, session: undefined, role: undefined },
        agency,
      );
      return asked.then(() => 'yes').catch((error: { code: string }) => error.code);
    };
    const submitter = await server.token(
      { role: 'agency-submitter', agency: 'CW-1' },
      { scopes: ['deliver'] },
    );
    const analyst = await server.token({ role: 'county-analyst', county: '06037' });
    expect(await may('CW-1', submitter)).toBe('yes');
    expect(await may('CW-2', submitter)).toBe('NOT_FOUND');
    expect(await may('NO-9', submitter)).toBe('NOT_FOUND');
    expect(await may('CW-1', analyst)).toBe('NOT_FOUND');
    expect(await may('CW-1')).toBe('NOT_FOUND');
    expect(await may('CW-1', `${submitter.slice(0, -1)}_`)).toBe('UNAUTHENTICATED');
  });
});

function fromBase32(text: string): Buffer {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = text
    .split('')
    .map((digit) => alphabet.indexOf(digit).toString(2).padStart(5, '0'))
    .join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
