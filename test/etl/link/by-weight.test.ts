import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { strongestFirst } from '../../../etl/link/by-weight.ts';

const weight = fc.oneof(fc.float({ noNaN: true }), fc.constantFrom(0, -0, 1, -1));

test('weights come strongest first, equal ones as they stand, and none below the least', () => {
  fc.assert(
    fc.property(fc.array(weight), fc.float({ noNaN: true }), (drawn, least) => {
      const weights = Float32Array.from(drawn, (one) => (one === 0 ? 0 : one));
      const wanted = Array.from(weights, (_, i) => i)
        .filter((i) => (weights[i] as number) >= least)
        .toSorted((x, y) => Number(weights[y]) - Number(weights[x]) || x - y);
      expect([...strongestFirst(weights, least)]).toEqual(wanted);
    }),
  );
});
