import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('days_missing');
