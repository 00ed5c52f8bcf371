/** Time-based one-time codes (RFC 6238), which any authenticator app makes. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const seconds = 30;

export function newFactorSecret(): Buffer {
  return randomBytes(20);
}

export function codeAt(secret: Uint8Array, step: number, length = 6): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  const number = mac.readUInt32BE(offset) & 0x7fffffff;
  return String(number % 10 ** length).padStart(length, '0');
}

export function stepAt(time: Date): number {
  return Math.floor(time.getTime() / 1000 / seconds);
}

/** The step whose code it is: this one or a neighbour, and later than the last that was used. */
export function stepOfCode(
  secret: Uint8Array,
  code: string,
  time: Date,
  lastUsed: number,
): number | undefined {
  const given = Buffer.from(code.replaceAll(/\s/g, ''));
  const now = stepAt(time);
  return [now - 1, now, now + 1].find((step) => {
    const wanted = Buffer.from(codeAt(secret, step));
    return step > lastUsed && given.length === wanted.length && timingSafeEqual(given, wanted);
  });
}

/** What an authenticator app reads, as text or as a picture. */
export function factorAddress(secret: Uint8Array, person: string): string {
  const label = encodeURIComponent(`Tessera:${person}`);
  return `otpauth://totp/${label}?secret=${inBase32(secret)}&issuer=Tessera`;
}

function inBase32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => base32[Number.parseInt(five.padEnd(5, '0'), 2)] ?? '')
    .join('');
}
