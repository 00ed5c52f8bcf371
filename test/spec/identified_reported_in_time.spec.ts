import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('identified_reported_in_time');
