import { chmodSync, mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  deriveKey,
  fingerprint,
  formatShare,
  joinShares,
  keyVersion,
  newKey,
  parseShare,
  readKey,
  requireKeyVersion,
  rotateKey,
  shareOf,
  writeShare,
} from '../../../etl/encode/key.ts';

const folder = mkdtempSync(join(tmpdir(), 'tessera-key-'));

test('two shares written, read and joined are the key', () => {
  const key = newKey('ca-csec-2026');
  const file = join(folder, 'joined');
  writeShare(file, shareOf(key, 'secret'));
  writeShare(`${file}.salt`, shareOf(key, 'salt'));
  expect(keyVersion(readKey(file))).toBe(keyVersion(key));
  expect(statSync(file).mode & 0o077).toBe(0);
  expect(() => writeShare(file, shareOf(key, 'secret'))).toThrow('never overwritten');
});

test('a key that everybody can read is refused', () => {
  const key = newKey('open');
  const file = join(folder, 'open');
  writeShare(file, shareOf(key, 'secret'));
  writeShare(`${file}.salt`, shareOf(key, 'salt'));
  chmodSync(file, 0o644);
  expect(() => readKey(file)).toThrow('can be read by every account');
});

test('a damaged share, a foreign file and mixed versions are refused without naming their bytes', () => {
  const key = newKey('mixed');
  const text = formatShare(shareOf(key, 'secret'));
  expect(() => parseShare(text.replace('version: 1', 'version: 2'), 'k')).toThrow('does not match');
  expect(() => parseShare('hunter2\n', 'k')).toThrow('k is not a Tessera key file');
  expect(() => joinShares(shareOf(key, 'secret'), shareOf(rotateKey(key), 'salt'))).toThrow('different');
  expect(() => joinShares(shareOf(key, 'salt'), shareOf(key, 'secret'))).toThrow('shares');
});

test('rotation makes an unrelated key of the next version', () => {
  const key = newKey('rotating');
  const next = rotateKey(key);
  expect(next.version).toBe(2);
  expect(fingerprint(next)).not.toBe(fingerprint(key));
  expect(keyVersion(next)).toMatch(/^v2-[0-9a-f]{16}$/);
});

test('each purpose has its own bytes, and both shares matter', () => {
  const key = newKey('purposes');
  const other = { ...key, salt: newKey('purposes').salt };
  expect(deriveKey(key, 'a')).not.toEqual(deriveKey(key, 'b'));
  expect(deriveKey(other, 'a')).not.toEqual(deriveKey(key, 'a'));
});

test('a delivery under another key version is refused by name', () => {
  expect(() => requireKeyVersion('v2-aa', 'v1-bb', 'delivery 7')).toThrow(
    'delivery 7 was encoded under key v1-bb, and this project links under v2-aa',
  );
});
