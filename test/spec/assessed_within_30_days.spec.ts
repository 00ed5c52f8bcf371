import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('assessed_within_30_days');
