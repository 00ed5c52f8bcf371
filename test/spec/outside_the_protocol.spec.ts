import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('outside_the_protocol');
