import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { namedPolicy, type Policy } from '../../../src/disclosure/policy.ts';
import { primaryCells } from '../../../src/disclosure/primary.ts';
import { plainlyImpossible } from '../../../src/disclosure/protect/bounds.ts';
import { componentsOf } from '../../../src/disclosure/protect/components.ts';
import { isOwedAgainst, problemOf } from '../../../src/disclosure/protect/problem.ts';
import { canBe } from '../oracle.ts';
import { anyTwoWay } from '../tables.ts';

const policy: Policy = { ...namedPolicy('calhhs-ddg-2'), threshold: 5, groupDisclosure: 'allowed' };

it('gives up only what a reader who tries every table finds impossible, whatever is hidden', () => {
  let given = 0;
  fc.assert(
    fc.property(anyTwoWay({ rows: 2, columns: 3, value: 9 }), (table) => {
      const primary = primaryCells(table, policy);
      const whole = problemOf(table, { policy, primary, cost: 'values', zeros: 'shown' });
      const hidden = new Set(whole.ids.filter((_, cell) => whole.start[cell] !== 'public'));
      for (const { problem } of componentsOf(whole))
        for (const one of plainlyImpossible(problem)) {
          given++;
          const owed = problem.obligations[one] ?? { cell: 0, move: 0, against: 'all' };
          const id = problem.ids[owed.cell] ?? '';
          const v = problem.values[owed.cell] ?? 0;
          const isOpenTo = problem.attackers
            .filter((reader) => isOwedAgainst(problem, owed, reader))
            .map(({ knows }) => {
              const known = new Set(knows.map((at) => problem.ids[at] ?? ''));
              const reading = { hidden, floor: 1, cap: 40, knows: known };
              return canBe(table, reading, id, owed.move === 'any' ? v : v + owed.move);
            });
          expect(isOpenTo).toContain(false);
        }
    }),
    { numRuns: 60 },
  );
  expect(given).toBeGreaterThan(10);
});
