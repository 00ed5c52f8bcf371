import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('returned_within_30_days');
