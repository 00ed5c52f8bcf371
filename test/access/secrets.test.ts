import { createHmac } from 'node:crypto';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cookieIn, cookieName, fromOwnPage, setCookie } from '../../src/access/cookies.ts';
import { hashPassword, passwordFits } from '../../src/access/password.ts';
import { sealer } from '../../src/access/seal.ts';
import { codeAt, factorAddress, stepAt, stepOfCode } from '../../src/access/second-factor.ts';
import { isTokenText, newTokenText } from '../../src/access/secret-text.ts';
import { openAttempts } from '../../src/app/server/attempts.ts';

describe('a token', () => {
  test('has a form that scanners know, with a checksum of its own', () => {
    const texts = Array.from({ length: 500 }, newTokenText);
    expect(new Set(texts).size).toBe(500);
    for (const text of texts) {
      expect(text).toMatch(/^tessera_[0-9A-Za-z]{38}$/);
      expect(isTokenText(text)).toBe(true);
    }
    const [text = ''] = texts;
    const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
    const sum = text
      .slice(-6)
      .split('')
      .reduce((sum, digit) => sum * 62 + digits.indexOf(digit), 0);
    expect(sum).toBe(crc32(text.slice(8, -6)));
  });

  test('with any character changed is told from one of ours', () => {
    fc.assert(
      fc.property(fc.nat(45), fc.constantFrom('a', 'Z', '0', '9', '_', '-'), (at, character) => {
        const text = newTokenText();
        const changed = text.slice(0, at) + character + text.slice(at + 1);
        expect(isTokenText(changed)).toBe(changed === text);
      }),
    );
  });
});

describe('a second factor', () => {
  // RFC 6238, appendix B, SHA-1.
  test.each([
    [59, '94287082'],
    [1111111109, '07081804'],
    [1111111111, '14050471'],
    [1234567890, '89005924'],
    [2000000000, '69279037'],
    [20000000000, '65353130'],
  ])('at %i seconds is what the standard says', (seconds, code) => {
    expect(codeAt(Buffer.from('12345678901234567890'), stepAt(new Date(seconds * 1000)), 8)).toBe(code);
  });

  test('is good a step early or late, and once', () => {
    const secret = Buffer.from('12345678901234567890');
    const time = new Date('2026-01-01T00:00:00Z');
    const now = stepAt(time);
    for (const step of [now - 1, now, now + 1])
      expect(stepOfCode(secret, codeAt(secret, step), time, 0)).toBe(step);
    expect(stepOfCode(secret, codeAt(secret, now - 2), time, 0)).toBeUndefined();
    expect(stepOfCode(secret, codeAt(secret, now), time, now)).toBeUndefined();
    expect(stepOfCode(secret, '', time, 0)).toBeUndefined();
  });

  test('is offered in the form that authenticators read', () => {
    expect(factorAddress(Buffer.from('12345678901234567890'), 'A. B')).toBe(
      'otpauth://totp/Tessera%3AA.%20B?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Tessera',
    );
  });
});

test('a password fits its own hash and no other, and a short one is refused', async () => {
  const hash = await hashPassword('seven quiet otters');
  expect(hash).not.toContain('otters');
  expect(await passwordFits('seven quiet otters', hash)).toBe(true);
  expect(await passwordFits('seven quiet otter', hash)).toBe(false);
  expect(await passwordFits('seven quiet otters', null)).toBe(false);
  await expect(hashPassword('short')).rejects.toMatchObject({ code: 'PASSWORD' });
});

test('what is sealed opens here, unchanged and for its purpose only', () => {
  const seals = sealer('a'.repeat(32), 'sign-in');
  const sealed = seals.seal('text');
  expect(seals.open(sealed)).toBe('text');
  expect(sealer('a'.repeat(32), 'other').open(sealed)).toBeUndefined();
  expect(sealer('b'.repeat(32), 'sign-in').open(sealed)).toBeUndefined();
  const bytes = Buffer.from(sealed, 'base64url');
  bytes[30] = (bytes[30] ?? 0) ^ 1;
  expect(seals.open(bytes.toString('base64url'))).toBeUndefined();
  expect(seals.open(createHmac('sha256', 'x').digest('base64url'))).toBeUndefined();
});

test('cookies are Secure under https, and never for scripts or other sites', () => {
  expect(setCookie(cookieName('session', true), 'x', true)).toBe(
    '__Host-tessera-session=x; Path=/; HttpOnly; SameSite=Lax; Secure',
  );
  expect(setCookie(cookieName('session', false), 'x', false)).not.toContain('Secure');
  expect(cookieIn('a=1; tessera-session=abc=; b=2', 'tessera-session')).toBe('abc=');
  expect(cookieIn('xtessera-session=abc', 'tessera-session')).toBeUndefined();
});

test.each([
  [{ 'sec-fetch-site': 'same-origin' }, true],
  [{ 'sec-fetch-site': 'cross-site' }, false],
  [{ 'sec-fetch-site': 'same-site' }, false],
  [{ origin: 'https://hub.example', host: 'hub.example' }, true],
  [{ origin: 'https://evil.example', host: 'hub.example' }, false],
  [{ origin: 'null', host: 'hub.example' }, false],
  [{ host: 'hub.example' }, true],
])('a change with %o comes from an own page: %s', (headers, own) => {
  expect(fromOwnPage(headers)).toBe(own);
});

test('passwords are tried ten times in a quarter of an hour, and a flood of names is forgotten', () => {
  let time = 0;
  const attempts = openAttempts(() => time);
  const tries = Array.from({ length: 11 }, (_, n) => attempts.allow('A@b', `n${n}`));
  expect(tries).toEqual([...Array.from({ length: 10 }, () => true), false]);
  expect(attempts.allow('c@d', 'n0')).toBe(true);
  time = 16 * 60_000;
  expect(attempts.allow('a@b', 'n')).toBe(true);
});
