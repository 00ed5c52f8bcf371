import { describe, expect, test } from 'vitest';
import { estimatePictures } from '../../../src/app/server/released/estimate-pictures.ts';
import type { Statewide } from '../../../src/app/server/released/statewide.ts';
import { loadContracts } from '../../../src/contracts/contracts.ts';
import type { ReleaseFigure } from '../../../src/disclosure/release/release-figures.ts';
import { sayIn } from '../../../web/messages/messages.ts';

const contracts = loadContracts();
const ids = ['prevalence', 'prevalence_by_method', 'prevalence_without_system', 'prevalence_by_odds_ratio'];

function figure(
  metric: string,
  dimension: string,
  member: string,
  value: number | null,
  note = '',
): ReleaseFigure {
  return {
    metric,
    version: 1,
    tbl: dimension === '' ? 'all' : dimension,
    period: '2024',
    cell: dimension === '' ? 'all' : `${dimension}=${member}`,
    dims: dimension === '' ? {} : { [dimension]: member },
    numerator: null,
    denominator: null,
    value,
    lower: value === null ? null : value - 100,
    upper: value === null ? null : value + 100,
    status: value === null ? 'not_available' : 'shown',
    footnotes: note === '' ? [] : [note],
  };
}

function release(figures: readonly ReleaseFigure[], held: readonly string[] = ids): Statewide {
  const metrics = held.flatMap((id) => {
    const metric = contracts.metrics.get(id);
    if (metric === undefined) throw new Error(`the catalogue has no ${id}`);
    const breakdowns = [...metric.dimensions.keys()];
    return [
      { ...metric, breakdowns, periods: ['2024'] } as unknown as Statewide['catalogue']['metrics'][number],
    ];
  });
  return {
    contracts,
    catalogue: { metrics } as unknown as Statewide['catalogue'],
    say: sayIn('en'),
    period: '2024',
    before: undefined,
    figures,
  };
}

describe('the pictures of an estimate', () => {
  const whole = figure('prevalence', '', 'all', 1230);

  test('stand side by side, along the assumption, and without each system', () => {
    const found = estimatePictures(
      release([
        whole,
        figure('prevalence_by_method', 'method', 'all', 1230),
        figure('prevalence_by_method', 'method', 'main-effects', 1100),
        figure('prevalence_without_system', 'without', 'probation', 1300),
        figure('prevalence_by_odds_ratio', 'odds_ratio', '0.5', 2000),
        figure('prevalence_by_odds_ratio', 'odds_ratio', '1', 1200),
        figure('prevalence_by_odds_ratio', 'odds_ratio', '2', 900),
      ]),
    );
    if ('refused' in found) throw new Error(found.refused);
    expect(found.comparison.data.estimates.map(({ label }) => label)).toEqual([
      'The estimate',
      'Lists taken as independent',
    ]);
    expect(found.assumption?.data.points.map(({ x, y }) => [x, y])).toEqual([
      [0.5, 2000],
      [1, 1200],
      [2, 900],
    ]);
    expect(found.assumption?.data.marks).toEqual([{ x: 1, y: 1200, label: 'Assumed' }]);
    expect(found.leaveOneOut?.data.estimates.map(({ label }) => label)).toEqual([
      'The estimate',
      'Without: Probation and juvenile court',
    ]);
  });

  test('a refusal is told in the release’s own words, and draws nothing', () => {
    const refused = figure(
      'prevalence',
      '',
      'all',
      null,
      'no figure: the lists say nothing against any number',
    );
    expect(estimatePictures(release([refused]))).toEqual({
      refused: 'No figure: the lists say nothing against any number.',
    });
  });

  test('without curve or leave-one-out the rest stands', () => {
    const found = estimatePictures(release([whole]));
    expect(found).toMatchObject({ assumption: undefined, leaveOneOut: undefined });
    expect('comparison' in found && found.comparison.data.estimates).toHaveLength(1);
  });

  test('a release without any estimate says so', () => {
    const found = estimatePictures(release([], []));
    expect('refused' in found && found.refused).toContain('holds no estimate');
  });
});
