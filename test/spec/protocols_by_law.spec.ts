import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('protocols_by_law');
