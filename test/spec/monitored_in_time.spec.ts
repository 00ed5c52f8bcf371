import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('monitored_in_time');
