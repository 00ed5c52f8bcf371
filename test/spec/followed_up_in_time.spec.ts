import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('followed_up_in_time');
