import { expect, test } from 'vitest';
import { block, defaultLimits, standardRules } from '../../../etl/link/blocking.ts';
import { eachPair } from '../../../etl/link/pairs.ts';
import { madeUpPeople, tableOf } from './people.ts';

const table = tableOf(madeUpPeople(150).rows);
const rules = standardRules(table);

/** Every pair that shares all tokens of some rule within the cap, found the slow way. */
function slowPairs(cap: number): Set<string> {
  const pairs = new Set<string>();
  for (const rule of rules) {
    const groups = new Map<string, number[]>();
    for (let i = 0; i < table.count; i++) {
      const values = rule.map((slot) => table.values[slot]?.[i] ?? 0);
      if (!values.includes(0)) groups.set(values.join(), [...(groups.get(values.join()) ?? []), i]);
    }
    for (const group of groups.values())
      if (group.length <= cap)
        group.forEach((a, i) => group.slice(i + 1).forEach((b) => pairs.add(`${a} ${b}`)));
  }
  return pairs;
}

test.each([3, 10, 100])('with a cap of %i exactly the pairs of the rules, each once', (cap) => {
  const seen: string[] = [];
  eachPair(block(table, rules, { ...defaultLimits, cap }), undefined, (a, b) => seen.push(`${a} ${b}`));
  expect(new Set(seen).size).toBe(seen.length);
  expect(new Set(seen)).toEqual(slowPairs(cap));
});

test('dropped pairs are reported', () => {
  const { reports } = block(table, rules, { ...defaultLimits, cap: 3 });
  const dropped = reports.reduce((sum, report) => sum + report.dropped_pairs, 0);
  expect(dropped).toBeGreaterThan(0);
  expect(Math.max(...reports.map((report) => report.largest_block))).toBeGreaterThan(3);
});

test('one giant block is dropped, and bounded work remains', () => {
  const same = Array.from({ length: 100_000 }, (_, id) => ({
    source: 'a',
    id,
    values: ['', 'Jones', '', '', ''],
  }));
  const giant = tableOf(same);
  let pairs = 0;
  const blocking = block(giant, standardRules(giant), defaultLimits);
  eachPair(blocking, undefined, () => pairs++);
  expect(pairs).toBe(0);
  expect(blocking.reports.some((report) => report.dropped_pairs === (100_000 * 99_999) / 2)).toBe(true);
});

test('empty fields bring nobody together', () => {
  const empty = tableOf(
    Array.from({ length: 50 }, (_, id) => ({ source: 'a', id, values: ['', '', '', '', ''] })),
  );
  let pairs = 0;
  eachPair(block(empty, standardRules(empty), defaultLimits), undefined, () => pairs++);
  expect(pairs).toBe(0);
});
