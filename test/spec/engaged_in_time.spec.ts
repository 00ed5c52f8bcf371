import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('engaged_in_time');
