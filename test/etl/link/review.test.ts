import { describe, expect, test } from 'vitest';
import { link } from '../../../etl/link/link.ts';
import { type Opinion, reviewQueue, settle, settledPairs } from '../../../etl/link/review.ts';
import { Scorer } from '../../../etl/link/score.ts';
import { recordKey } from '../../../etl/link/table.ts';
import { madeUpPeople, tableOf } from './people.ts';

const table = tableOf(madeUpPeople(300, 9).rows);
const linked = link(table);
const scorer = new Scorer(table, linked.model);
const queue = reviewQueue(table, linked.edges, scorer, 0, 12);
const said = (by: string, same: boolean, as: 'steward' | 'agency' = 'steward'): Opinion => ({
  a: 'x/1',
  b: 'y/2',
  same,
  by,
  as,
});

test('the queue holds pairs near the threshold, the nearest first, without values', () => {
  expect(queue.length).toBeGreaterThan(0);
  const distances = queue.map(({ weight }) => Math.abs(weight));
  expect(distances).toEqual(distances.toSorted((a, b) => a - b));
  expect(Object.keys(queue[0]?.steps[0] ?? {})).toEqual(['field', 'level', 'weight', 'rarity']);
});

describe('a pair is settled', () => {
  test.each([
    ['by two stewards of one mind', [said('ann', true), said('bo', true)], [true]],
    ['not by one steward twice', [said('ann', true), said('ann', true)], []],
    ['not by stewards of two minds', [said('ann', true), said('bo', false)], []],
    [
      "by an agency's word over stewards",
      [said('ann', true), said('bo', true), said('dcfs', false, 'agency')],
      [false],
    ],
    [
      'not by agencies that contradict each other',
      [said('dcfs', false, 'agency'), said('jail', true, 'agency')],
      [],
    ],
  ])('%s', (_, opinions, expected) => {
    expect(settle(opinions).map(({ same }) => same)).toEqual(expected);
  });

  test('whichever record is named first', () => {
    const turned: Opinion = { a: 'y/2', b: 'x/1', same: true, by: 'bo', as: 'steward' };
    expect(settle([said('ann', true), turned])).toEqual([{ a: 'x/1', b: 'y/2', same: true }]);
  });
});

test('what was settled is honoured by later runs, and leaves the queue', () => {
  const [a, b] = [linked.edges.a[0] as number, linked.edges.b[0] as number];
  const opinion = (same: boolean): Opinion[] =>
    ['ann', 'bo'].map((by) => ({
      a: recordKey(table, a),
      b: recordKey(table, b),
      same,
      by,
      as: 'steward' as const,
    }));
  const apart = link(table, { model: linked.model, settled: settledPairs(table, opinion(false)) });
  expect(apart.clusters.of[a]).not.toBe(apart.clusters.of[b]);
  const together = link(table, {
    model: linked.model,
    settled: settledPairs(table, opinion(true)),
    threshold: 1 - 1e-15,
  });
  expect(together.clusters.of[a]).toBe(together.clusters.of[b]);
  const item = queue[0] as (typeof queue)[number];
  const opinions = ['ann', 'bo'].map((by) => ({
    a: item.a,
    b: item.b,
    same: true,
    by,
    as: 'steward' as const,
  }));
  expect(reviewQueue(table, linked.edges, scorer, 0, 12, opinions).length).toBe(queue.length - 1);
});
