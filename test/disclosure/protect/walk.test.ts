import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { namedPolicy } from '../../../src/disclosure/policy.ts';
import { primaryCells } from '../../../src/disclosure/primary.ts';
import { isPossible, rowsOfCell } from '../../../src/disclosure/protect/move.ts';
import { problemOf } from '../../../src/disclosure/protect/problem.ts';
import { openWalker } from '../../../src/disclosure/protect/walk.ts';
import { anyTwoWay } from '../tables.ts';

const policy = namedPolicy('calhhs-ddg-2');

it('a walk that ends has found a possible table, moved the target and nothing that it may not', () => {
  let found = 0;
  fc.assert(
    fc.property(anyTwoWay({ rows: 6, columns: 5, value: 40 }), fc.nat(), fc.nat(), (table, one, other) => {
      const primary = primaryCells(table, policy);
      const problem = problemOf(table, { policy, primary, cost: 'values', zeros: 'hideable' });
      const target = one % problem.ids.length;
      const known = other % problem.ids.length;
      const walker = openWalker(problem);
      const walk = {
        target,
        by: 10,
        knows: known === target ? [] : [known],
        use: () => 'free' as const,
        price: () => 0,
        dropped: new Set<string>(),
      };
      for (const attempt of [0, 1, 2]) {
        const move = walker.seek(walk, attempt);
        if (move === undefined) continue;
        found++;
        expect(isPossible(problem, rowsOfCell(problem), move, walk.dropped)).toBe(true);
        expect(move.by[move.cells.indexOf(target)]).toBe(10);
        expect(walk.knows.some((cell) => move.cells.includes(cell))).toBe(false);
        // The walker is left as it was: the same walk ends the same way.
        expect(walker.seek(walk, attempt)).toEqual(move);
      }
    }),
    { numRuns: 60 },
  );
  expect(found).toBeGreaterThan(30);
});
