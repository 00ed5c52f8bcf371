import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('infection_testing');
