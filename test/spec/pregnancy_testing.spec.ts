import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('pregnancy_testing');
