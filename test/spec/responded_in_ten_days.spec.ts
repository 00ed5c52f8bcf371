import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('responded_in_ten_days');
