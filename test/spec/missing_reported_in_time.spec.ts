import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('missing_reported_in_time');
