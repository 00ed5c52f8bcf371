import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Interner } from '../../../etl/link/interner.ts';

test('numbers tokens as a Map would, in the order of first sight', () => {
  const half = fc.oneof(fc.nat(3), fc.integer({ min: 0, max: 0xffffffff }));
  fc.assert(
    fc.property(fc.array(fc.tuple(half, half), { maxLength: 9000 }), (tokens) => {
      const interner = new Interner();
      const oracle = new Map<string, number>();
      for (const [low, high] of tokens) {
        const key = `${low} ${high}`;
        if (low + high > 0 && !oracle.has(key)) oracle.set(key, oracle.size + 1);
        expect(interner.intern(low, high)).toBe(low + high > 0 ? oracle.get(key) : 0);
      }
      expect(interner.size).toBe(oracle.size);
      const kept = interner.tokens();
      for (const [key, number] of oracle) expect(`${kept.low[number]} ${kept.high[number]}`).toBe(key);
    }),
    { numRuns: 30 },
  );
});
