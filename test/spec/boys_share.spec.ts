import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('boys_share');
