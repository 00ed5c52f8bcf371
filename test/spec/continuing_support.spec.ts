import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('continuing_support');
