import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import type { BundledFile } from './dataset.ts';

export const SUMS = 'SHA256SUMS';
export const SIGNATURE = 'SHA256SUMS.sig';
export const KEY = 'key.pub.pem';

/** As sha256sum writes and checks them. */
export function checksums(files: readonly BundledFile[]): string {
  return files.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join('');
}

/** Undefined for what is no list of checksums. */
export function readChecksums(text: string): ReadonlyMap<string, string> | undefined {
  const lines = text.split('\n').filter((line) => line !== '');
  const found = lines.map((line) => /^([0-9a-f]{64}) [ *]([\w.-]{1,100})$/.exec(line));
  if (found.some((one) => one === null)) return undefined;
  return new Map(found.map((one) => [one?.[2] ?? '', one?.[1] ?? '']));
}

export function signSums(sums: string, key: KeyObject): string {
  return `${sign(null, Buffer.from(sums), key).toString('base64')}\n`;
}

export function isSignedBy(sums: string, signature: string, publicKeyPem: string): boolean {
  try {
    return verify(null, Buffer.from(sums), createPublicKey(publicKeyPem), Buffer.from(signature, 'base64'));
  } catch {
    // What is no key has signed nothing.
    return false;
  }
}

export function keyIdOf(publicKeyPem: string): string {
  return createHash('sha256').update(publicKeyPem).digest('hex').slice(0, 16);
}
