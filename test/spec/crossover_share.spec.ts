import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('crossover_share');
