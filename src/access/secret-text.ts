/** Secrets that people carry: made here, kept as hashes only, and recognisable where they should not be. */
import { createHash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const prefix = 'tessera_';
const bodyLength = 32;
const sumLength = 6;

/** `tessera_`, 32 digits of base 62 (190 bits) and a checksum, by which a scanner tells a token from a lookalike. */
export function newTokenText(): string {
  let body = '';
  while (body.length < bodyLength) {
    for (const byte of randomBytes(bodyLength)) {
      // 248 is the largest multiple of 62 in a byte: above it, some digits would be likelier than others.
      if (byte < 248 && body.length < bodyLength) body += digits[byte % 62];
    }
  }
  return `${prefix}${body}${checksum(body)}`;
}

/** Whether it could be one of ours; a lookalike never reaches the database. */
export function isTokenText(text: string): boolean {
  if (!text.startsWith(prefix) || text.length !== prefix.length + bodyLength + sumLength) return false;
  const body = text.slice(prefix.length, -sumLength);
  return /^[0-9A-Za-z]+$/.test(body) && checksum(body) === text.slice(-sumLength);
}

function checksum(body: string): string {
  let rest = crc32(body);
  let text = '';
  for (let i = 0; i < sumLength; i++) {
    text = (digits[rest % 62] ?? '') + text;
    rest = Math.floor(rest / 62);
  }
  return text;
}

/** For sessions and one-time links: 256 bits. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** Secrets of this length need no slow hash: there is nothing to guess. */
export function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
