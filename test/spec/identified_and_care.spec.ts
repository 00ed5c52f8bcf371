import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('identified_and_care');
