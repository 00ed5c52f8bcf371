import { describe, expect, test } from 'vitest';
import { figureOf } from '../../../etl/measure/figure.ts';
import { loadContracts } from '../../../src/contracts/contracts.ts';
import type { Metric } from '../../../src/contracts/metric.ts';

const { metrics } = loadContracts();
const CLOSED = { closed: true, missing: undefined };
const CELL = { period: '2024', members: [] };

function declared(id: string): Metric {
  const metric = metrics.get(id);
  if (metric === undefined) throw new Error(`the catalogue has lost ${id}`);
  return metric;
}

function figure(id: string, cell: object, circumstance: Parameters<typeof figureOf>[4] = CLOSED) {
  const metric = declared(id);
  return figureOf(
    metric,
    1,
    { by: [], name: 'all', publish: 'public', periods: ['year'] },
    { ...CELL, ...cell },
    circumstance,
  );
}

describe('where there is no figure, the reason stands in its place, and never a zero', () => {
  test.each([
    ['a share of nobody', 'boys_share', { numerator: 0, denominator: 0 }, 'the denominator is zero'],
    [
      'a rate over no population',
      'identified_per_1000_enrolled',
      { numerator: 3, denominator: 0 },
      'the denominator is zero',
    ],
    [
      'a rate over a population that nobody counted',
      'identified_per_1000_enrolled',
      { numerator: 3 },
      'nobody counted the population of this cell',
    ],
    [
      'a share of what nobody counted',
      'screening_coverage',
      { numerator: 3 },
      'nobody counted what this is a share of',
    ],
    [
      'more screened than due',
      'screening_coverage',
      { numerator: 3, denominator: 2 },
      'more were counted than those whom it is a share of',
    ],
    ['a median of no waits', 'days_missing', {}, 'there is nobody to follow'],
    [
      'a median that half have not reached',
      'days_missing',
      {
        waits: [
          { days: 3, ended: true, n: 1 },
          { days: 9, ended: false, n: 2 },
        ],
      },
      'fewer than half have ended so far',
    ],
    [
      'a share after longer than anybody was followed',
      'returned_within_30_days',
      { waits: [{ days: 4, ended: false, n: 1 }] },
      'nobody was followed so long',
    ],
  ])('%s', (_, id, cell, reason) => {
    expect(figure(id, cell)).toMatchObject({
      value: null,
      lower: null,
      upper: null,
      status: 'not_available',
      reason,
    });
  });

  test('a missing feed is the reason whatever was counted', () => {
    const missing = 'no feed: nobody has sent cw_absence';
    expect(
      figure('days_missing', { waits: [{ days: 3, ended: true, n: 1 }] }, { closed: true, missing }),
    ).toMatchObject({
      value: null,
      status: 'not_available',
      reason: missing,
    });
  });
});

test('a period that is not over is provisional and says so; a count of nobody is a zero', () => {
  expect(figure('identified', { numerator: 4 }, { closed: false, missing: undefined })).toMatchObject({
    value: 4,
    status: 'provisional',
    reason: 'the period is not over',
  });
  expect(figure('identified', {})).toMatchObject({ value: 0, status: 'counted', reason: null });
});
