import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { densePairs, pairDice } from '../../../../etl/link/kernel/dice.ts';
import { plainDensePairs, plainDice } from '../../../../etl/link/kernel/plain-dice.ts';

const filters = (bytes: number, most: number): fc.Arbitrary<Uint8Array> =>
  fc
    .integer({ min: 0, max: most })
    .chain((count) =>
      fc
        .tuple(
          fc.uint8Array({ minLength: count * bytes, maxLength: count * bytes }),
          fc.uint8Array({ minLength: count * bytes, maxLength: count * bytes }),
        )
        .map(([a, b]) => a.map((byte, i) => byte & (b[i] ?? 0))),
    );

const sorted = (pairs: readonly (readonly [number, number])[]): string[] => pairs.map(String).toSorted();

test.each([64, 128, 192])('all pairs of filters of %i bytes as the plain twin finds them', (bytes) => {
  fc.assert(
    fc.property(
      filters(bytes, 9),
      filters(bytes, 11),
      fc.double({ min: 0.05, max: 1, noNaN: true }),
      (left, right, threshold) => {
        const found = densePairs(left, right, bytes, threshold);
        const pairs = [...found.left].map((i, k) => [i, found.right[k] ?? -1] as const);
        pairs.forEach(([i, j], k) => {
          const alike = plainDice(
            left.subarray(i * bytes, (i + 1) * bytes),
            right.subarray(j * bytes, (j + 1) * bytes),
          );
          expect(found.dice[k]).toBeCloseTo(alike, 6);
        });
        expect(sorted(pairs)).toEqual(sorted(plainDensePairs(left, right, bytes, threshold)));
      },
    ),
  );
});

test('listed pairs as the plain twin has them', () => {
  fc.assert(
    fc.property(
      filters(64, 12),
      fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 30 }),
      (set, wanted) => {
        const count = set.length / 64;
        const pairs = wanted.filter(([i, j]) => i < count && j < count);
        const kernel = pairDice(set, 64, 32);
        pairs.forEach(([i, j], k) => {
          kernel.a[k] = i;
          kernel.b[k] = j;
        });
        kernel.compare(pairs.length);
        pairs.forEach(([i, j], k) => {
          const expected = plainDice(set.subarray(i * 64, i * 64 + 64), set.subarray(j * 64, j * 64 + 64));
          expect(kernel.dice[k]).toBeCloseTo(expected, 6);
        });
      },
    ),
  );
});

test('more pairs than the kernel has room for are all found', () => {
  const same = new Uint8Array(64 * 700).fill(0x11);
  expect(densePairs(same, same, 64, 0.9).left.length).toBe(490_000);
});

test('filters of mixed length and thresholds out of range are refused', () => {
  expect(() => densePairs(new Uint8Array(65), new Uint8Array(64), 64, 0.8)).toThrow('not all of one length');
  expect(() => densePairs(new Uint8Array(60), new Uint8Array(60), 60, 0.8)).toThrow('multiple of 512');
  expect(() => densePairs(new Uint8Array(64), new Uint8Array(64), 64, Number.NaN)).toThrow('threshold');
});
