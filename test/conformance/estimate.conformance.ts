import { afterAll, describe, expect, test } from 'vitest';
import { bca } from '../../etl/estimate/bca.ts';
import { leaveOneOut } from '../../etl/estimate/bootstrap.ts';
import { modelNamed } from '../../etl/estimate/model.ts';
import { count, fitModel } from '../../etl/estimate/model-fit.ts';
import { estimateBy } from '../../etl/estimate/selection.ts';
import { readData } from './data.ts';
import type { Check } from './estimate-check.ts';
import {
  type Comparison,
  FIT,
  LIMIT,
  printedUnit,
  type ReferenceRow,
  referenceRows,
  relative,
  storedResamples,
  table,
} from './estimate-reference.ts';
import { writeReport, writeSummary } from './estimate-report.ts';
import { byFirstList, drawnInR, limits, strictLimits } from './estimate-resampling.ts';
import { outcomeOf } from './estimate-routes.ts';

const comparisons: Comparison[] = [];
afterAll(() => {
  writeReport(comparisons);
  // A run of some rows only must not pass for one of all.
  if (new Set(comparisons.map(({ row }) => row)).size === rows.length) writeSummary(comparisons);
});

const rows = referenceRows();

describe('reference answers', () => {
  test.each([...new Set(rows.map(({ method }) => method))])('%s', (method) => {
    const own = rows.flatMap((row, index) => (row.method === method ? compare(row, index) : []));
    comparisons.push(...own);
    expect(own.length).toBeGreaterThan(0);
    expect(own.filter(({ verdict }) => verdict === 'differs')).toEqual([]);
  });
});

function compare(row: ReferenceRow, index: number): Comparison[] {
  const { dataset, method, options, kind } = row;
  const base = { row: index, dataset, method, options, kind };
  const outcome = outcomeOf(row);
  if ('outOfScope' in outcome)
    return [
      {
        ...base,
        field: '',
        reference: null,
        ours: null,
        difference: null,
        bar: null,
        verdict: 'out of scope',
        note: outcome.outOfScope,
      },
    ];
  return outcome.checks.map((check) => Object.assign({}, base, judge(check, row)));
}

type Judged = Omit<Comparison, 'row' | 'dataset' | 'method' | 'options' | 'kind'>;

function judge(check: Check, own: ReferenceRow): Judged {
  const { field, ours, bar, explanation } = check;
  const reference = check.reference ?? (own[field] as number | string | undefined) ?? '';
  const told = explanation === undefined ? {} : { note: explanation };
  if (typeof ours === 'number' && typeof reference === 'number') {
    const difference = relative(ours, reference);
    const allowed = own.kind === 'quoted' ? Math.max(bar ?? 0, printedUnit(reference)) : (bar ?? 0);
    if (difference <= allowed) return { field, reference, ours, difference, bar: allowed, verdict: 'met' };
    const verdict = explanation === undefined ? 'differs' : 'explained';
    return { field, reference, ours, difference, bar: allowed, verdict, ...told };
  }
  const missed = explanation === 'MISSED';
  const verdict = ours === reference ? 'met' : explanation === undefined || missed ? 'differs' : 'explained';
  return { field, reference, ours, difference: null, bar: null, verdict, ...told };
}

describe('every model of a table', () => {
  test.each([
    ['Artificial_3', 2],
    ['HAV', 2],
    ['Korea', 2],
    ['Kosovo', 2],
    ['Kosovo', 3],
    ['UKdat_5', 2],
    ['Western', 2],
    ['spina', 2],
  ])('%s up to order %i: status exactly, and the fit where there is one', (dataset, order) => {
    const own = table(dataset);
    const data = count(own);
    const lines = readData('mse', 'models', `${dataset}_maxorder${order}.csv`).trim().split('\n').slice(1);
    expect(lines.length).toBeGreaterThan(7);
    for (const line of lines) {
      const [, name, rest] = /^"(.*?)",(.*)$/.exec(line)!;
      const [status, estimate, deviance, df, aic, bic] = rest!.split(',').map(Number);
      const fit = fitModel(data, modelNamed(own.lists.length, name!));
      expect([name, fit.status]).toEqual([name, status]);
      if (status !== 0) continue;
      expect([name, fit.df]).toEqual([name, df]);
      const pairs = [
        [data.persons + fit.hidden, estimate],
        [fit.deviance, deviance],
        [fit.aic, aic],
        [fit.bic, bic],
      ] as const;
      for (const [ours, reference] of pairs) expect(relative(ours, reference!)).toBeLessThan(FIT);
    }
  });
});

describe('stored resamples', () => {
  test.each(['Korea', 'Kosovo', 'UKdat_5', 'Western'])(
    '%s: each estimate, and the limits they give',
    (dataset) => {
      const own = table(dataset);
      const selection = { kind: 'stepwise', threshold: 0.02 } as const;
      const stored = storedResamples(dataset);
      const ours = stored.map((resample) => estimateBy(selection, resample.table));
      ours.forEach((estimate, i) => expect(relative(estimate, stored[i]!.estimate)).toBeLessThan(1e-6));
      const reference = rows.find((row) => row.dataset === dataset && row.method.includes('stepwise BCa'))!;
      const found = bca({
        estimate: estimateBy(selection, own),
        resampled: stored.map(({ estimate }) => estimate),
        jackknife: leaveOneOut(own, selection),
      });
      const candidates = strictLimits(estimateBy(selection, own), ours, found);
      const nearest = Math.min(
        ...candidates.map(({ lower, upper }) =>
          Math.max(relative(lower, reference.lower as number), relative(upper, reference.upper as number)),
        ),
      );
      expect(nearest).toBeLessThan(LIMIT);
      expect(Math.abs(limits(found).acceleration / (reference.extra!.ahat as number) - 1)).toBeLessThan(1e-6);
    },
  );

  test.each(['Korea', 'Kosovo', 'UKdat_5', 'Western'])(
    '%s: R’s random numbers draw them again',
    (dataset) => {
      const own = table(dataset);
      const order = byFirstList(own).filter((history) => own.counts[history]! > 0);
      const drawn = drawnInR(own, 1000, order).map(({ counts }) => counts);
      expect(drawn).toEqual(storedResamples(dataset).map((resample) => resample.table.counts));
    },
  );
});
