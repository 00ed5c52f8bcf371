import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('served_within_30_days');
