import { expect, test } from 'vitest';
import { block, defaultLimits, standardRules } from '../../../etl/link/blocking.ts';
import { similarityBlocks } from '../../../etl/link/lsh.ts';
import { eachPair } from '../../../etl/link/pairs.ts';
import { madeUpPeople, tableOf } from './people.ts';

const others = madeUpPeople(200, 2).rows;
// One wrong letter or digit in every field leaves no token in common.
const first = { source: 'a', id: 70_001, values: ['Marisol', 'Villanueva', '2009-03-09', '', ''] };
const second = { source: 'b', id: 70_002, values: ['Marizol', 'Vilanueva', '2010-03-08', '', ''] };
const table = tableOf([...others, first, second]);
const [a, b] = [others.length, others.length + 1];

test('two records that share no token meet by their filters', () => {
  const rules = standardRules(table).filter((rule) =>
    rule.every((slot) => table.slots[slot]?.variant === 'exact'),
  );
  const blocking = block(table, rules, defaultLimits);
  const met = (blocks: typeof blocking.blocks): boolean => {
    let found = false;
    eachPair({ ...blocking, blocks }, undefined, (x, y) => (found ||= x === a && y === b));
    return found;
  };
  expect(met(blocking.blocks)).toBe(false);
  expect(met([...blocking.blocks, ...similarityBlocks(table, blocking, 100)])).toBe(true);
});

test('records that tokens reached are not hashed, and an empty record meets nobody', () => {
  const reached = tableOf([first, { ...first, id: 70_003 }]);
  expect(similarityBlocks(reached, block(reached, standardRules(reached), defaultLimits), 100)).toEqual([]);
  const empty = tableOf([0, 1, 2].map((id) => ({ source: 'a', id, values: ['', '', '', '', ''] })));
  const blocks = similarityBlocks(empty, block(empty, standardRules(empty), defaultLimits), 100);
  expect(blocks.every(({ members }) => members.length === 0)).toBe(true);
});
