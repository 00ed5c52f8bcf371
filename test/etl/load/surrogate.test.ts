import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { surrogateTextLength, surrogateWriter } from '../../../etl/load/surrogate.ts';

/** What the page of surrogate.ts says, by Node's own hashes. */
function plainSurrogate(key: Uint8Array, agency: string, pseudonym: Uint8Array): string {
  const block = createHash('sha512').update(key).update(`${agency}\0`).digest();
  return `\\\\x${createHash('sha256').update(block).update(pseudonym).digest('hex').slice(0, 32)}`;
}

const keys = fc.uint8Array({ minLength: 32, maxLength: 80 });
const agencies = fc.stringMatching(/^[A-Z0-9-]{1,20}$/);

test('a surrogate is half of a SHA-256 over the agency’s block and the pseudonym, whatever its length', () => {
  fc.assert(
    fc.property(
      keys,
      agencies,
      fc.array(fc.uint8Array({ minLength: 0, maxLength: 256 }), { minLength: 1, maxLength: 20 }),
      fc.nat(40),
      (key, agency, pseudonyms, at) => {
        const write = surrogateWriter(key, agency);
        // Other writers in between, and longer pseudonyms before shorter ones, leave no trace.
        surrogateWriter(key, `${agency}2`);
        for (const pseudonym of pseudonyms) {
          const bytes = Buffer.concat([Buffer.from('before'), pseudonym, Buffer.from('behind')]);
          const out = Buffer.alloc(at + surrogateTextLength);
          expect(write(bytes, 6, 6 + pseudonym.length, out, at)).toBe(out.length);
          expect(out.toString('latin1', at)).toBe(plainSurrogate(key, agency, pseudonym));
        }
      },
    ),
  );
});

test('lengths around the ends of a block are padded as the standard says', () => {
  const key = Buffer.alloc(32, 3);
  const write = surrogateWriter(key, 'CW-1');
  for (let length = 0; length <= 256; length++) {
    const pseudonym = Buffer.alloc(length, 0x61);
    const out = Buffer.alloc(surrogateTextLength);
    write(pseudonym, 0, length, out, 0);
    expect(out.toString('latin1')).toBe(plainSurrogate(key, 'CW-1', pseudonym));
  }
});
