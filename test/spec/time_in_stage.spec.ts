import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('time_in_stage');
