import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('missing_reported_to_center_in_time');
