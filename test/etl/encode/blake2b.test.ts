import { blake2b } from '@noble/hashes/blake2.js';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { digest, digest16, digest32, KeyedBlake2b } from '../../../etl/encode/blake2b.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

test('every key, salt and message hashes as in another implementation', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 64 }),
      fc.uint8Array({ minLength: 16, maxLength: 16 }),
      fc.uint8Array({ minLength: 1, maxLength: 700 }),
      (key, salt, message) => {
        new KeyedBlake2b(key, salt).hashBytes(message);
        expect(hex(digest)).toBe(hex(blake2b(message, { key, salt })));
      },
    ),
  );
});

test('text hashes as its UTF-8 bytes, at the borders of a block too', () => {
  const key = Uint8Array.from({ length: 64 }, (_, i) => i);
  const hash = new KeyedBlake2b(key);
  for (const text of ['a', 'é', 'x'.repeat(127), 'x'.repeat(128), 'x'.repeat(129), '😀'.repeat(300)]) {
    hash.hashText(text);
    expect(hex(digest)).toBe(hex(blake2b(Buffer.from(text, 'utf8'), { key, salt: new Uint8Array(16) })));
  }
  expect(digest16[0]).toBe((digest32[0] as number) & 0xffff);
});

test('states outlive the growth of the memory', () => {
  const key = Uint8Array.of(1, 2, 3);
  const first = new KeyedBlake2b(key);
  const more = Array.from({ length: 3000 }, (_, i) => new KeyedBlake2b(Uint8Array.of(i & 255, i >> 8)));
  expect(more.length).toBe(3000);
  first.hashText('still here');
  expect(hex(digest)).toBe(hex(blake2b(Buffer.from('still here'), { key, salt: new Uint8Array(16) })));
});

test('refuses what it cannot hash', () => {
  const hash = new KeyedBlake2b(Uint8Array.of(1));
  expect(() => hash.hashText('')).toThrow(RangeError);
  expect(() => hash.hashText('x'.repeat(8193))).toThrow(RangeError);
  expect(() => new KeyedBlake2b(new Uint8Array(65))).toThrow(RangeError);
  expect(() => new KeyedBlake2b(Uint8Array.of(1), new Uint8Array(15))).toThrow(RangeError);
});
