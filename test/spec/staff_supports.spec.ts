import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('staff_supports');
