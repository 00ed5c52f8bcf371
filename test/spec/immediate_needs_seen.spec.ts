import { expect, test } from 'vitest';
import { loadContracts } from '../../src/contracts/contracts.ts';
import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('immediate_needs_seen');

test('asks for the ten needs that the tree calls time-sensitive', () => {
  const { needs, metrics } = loadContracts();
  const ten = [...needs.nodes.values()].filter(({ timeSensitive }) => timeSensitive !== undefined);
  const asked = metrics
    .get('immediate_needs_seen')
    ?.sql.get(1)
    ?.match(/HN\.ICR\.[A-Z]{3}/g);
  expect(asked?.toSorted()).toEqual(ten.map(({ code }) => code).toSorted());
});
