/** What RFC 8725 warns of, each tried on the reader of access tokens. */
import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createLocalJWKSet, exportJWK, exportSPKI, SignJWT } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Bearer, openBearer } from '../../src/access/bearer.ts';

const issuer = 'https://id.example';
const audience = 'https://hub.example';
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 });
const now = Math.floor(Date.now() / 1000);
const claims = { iss: issuer, aud: audience, sub: 'somebody', iat: now, exp: now + 300 };
const header = { alg: 'RS256', typ: 'at+jwt', kid: 'k1' };
let bearer: Bearer;

beforeAll(async () => {
  const jwk = { ...(await exportJWK(rsa.publicKey)), kid: 'k1', use: 'sig' };
  bearer = openBearer({ issuer, audience, keys: createLocalJWKSet({ keys: [jwk] }) });
});

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function signed(changes: object = {}, head: object = {}, key: KeyObject = rsa.privateKey): string {
  const body = `${encode({ ...header, ...head })}.${encode({ ...claims, ...changes })}`;
  return `${body}.${sign('sha256', Buffer.from(body), key).toString('base64url')}`;
}

const without = (name: keyof typeof claims): object => ({ [name]: undefined });

describe('an access token', () => {
  test('that is as it should be says who', async () => {
    expect(await bearer.read(signed())).toEqual({ issuer, subject: 'somebody', factors: 1 });
    expect(await bearer.read(signed({ amr: ['pwd', 'mfa'] }))).toMatchObject({ factors: 2 });
    expect(await bearer.read(signed({ aud: ['https://other.example', audience] }))).toMatchObject({
      subject: 'somebody',
    });
    expect(await bearer.read(signed({ exp: now - 30 }))).toMatchObject({ subject: 'somebody' });
  });

  const bad: readonly (readonly [string, () => string | Promise<string>])[] = [
    ['is not signed (alg none)', () => `${encode({ ...header, alg: 'none' })}.${encode(claims)}.`],
    ['writes none otherwise', () => `${encode({ ...header, alg: 'nOnE' })}.${encode(claims)}.`],
    [
      'uses the public key as a shared secret',
      async () => {
        const body = `${encode({ ...header, alg: 'HS256' })}.${encode(claims)}`;
        const secret = await exportSPKI(rsa.publicKey);
        return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
      },
    ],
    ['is signed by another key', () => signed({}, {}, foreign.privateKey)],
    ['names a key that is not there', () => signed({}, { kid: 'k2' })],
    ['names a path as its key', () => signed({}, { kid: '../../etc/passwd' })],
    ['names a query as its key', () => signed({}, { kid: "k1' UNION SELECT 'x" })],
    ['names no key', () => signed({}, { kid: undefined })],
    [
      'brings its own key',
      async () => signed({}, { jwk: await exportJWK(foreign.publicKey) }, foreign.privateKey),
    ],
    ['brings a key that is ours', async () => signed({}, { jwk: await exportJWK(rsa.publicKey) })],
    ['points to its own keys', () => signed({}, { jku: 'https://evil.example/keys' }, foreign.privateKey)],
    ['points to our keys', () => signed({}, { jku: 'https://id.example/keys' })],
    ['points to a certificate', () => signed({}, { x5u: 'https://evil.example/cert' })],
    ['brings a certificate', () => signed({}, { x5c: ['MIIB'] })],
    ['asks for an extension', () => signed({ 'http://example/x': 1 }, { crit: ['http://example/x'] })],
    ['is compressed', () => signed({}, { zip: 'DEF' })],
    ['is for another hub', () => signed({ aud: 'https://other.example' })],
    ['is for a hub whose address begins alike', () => signed({ aud: `${audience}.evil.example` })],
    ['comes from another provider', () => signed({ iss: 'https://evil.example' })],
    ['comes from another tenant of the provider', () => signed({ iss: `${issuer}/tenant` })],
    ['has an issuer that differs in case', () => signed({ iss: 'https://ID.example' })],
    ['has expired', () => signed({ exp: now - 61 })],
    ['is not good yet', () => signed({ nbf: now + 61 })],
    ['was made in the future', () => signed({ iat: now + 3600, nbf: now + 3600 })],
    ['never expires', () => signed(without('exp'))],
    ['does not say when it was made', () => signed(without('iat'))],
    ['does not say for whom', () => signed(without('aud'))],
    ['does not say by whom', () => signed(without('iss'))],
    ['does not say about whom', () => signed(without('sub'))],
    ['is about nobody', () => signed({ sub: '' })],
    ['has times that are no numbers', () => signed({ exp: String(now + 300) })],
    ['is a token of identity', () => signed({ nonce: 'n' }, { typ: 'JWT' })],
    ['is a token of identity that calls itself an access token', () => signed({ nonce: 'n' })],
    ['does not say what it is', () => signed({}, { typ: undefined })],
    ['is a token of logout', () => signed({}, { typ: 'logout+jwt' })],
    [
      'was changed after it was signed',
      () => signed().replace(/\.[^.]+\./, `.${encode({ ...claims, sub: 'other' })}.`),
    ],
    ['has lost its signature', () => signed().replace(/[^.]+$/, '')],
    ['has two parts', () => signed().split('.').slice(0, 2).join('.')],
    ['is encrypted', () => `${signed()}.x.y`],
    ['is no token', () => 'x'.repeat(200)],
    ['is too long to be one', () => signed({ more: 'x'.repeat(10_000) })],
    [
      'uses a curve that is not asked for',
      () => {
        const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
        return new SignJWT({})
          .setProtectedHeader({ ...header, alg: 'ES384' })
          .setSubject('somebody')
          .setIssuer(issuer)
          .setAudience(audience)
          .setIssuedAt()
          .setExpirationTime('5m')
          .sign(privateKey);
      },
    ],
  ];

  test.each(bad)('that %s proves nothing', async (_, make) => {
    expect(await bearer.read(await make())).toBeUndefined();
  });
});
