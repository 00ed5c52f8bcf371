import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('identified_per_1000_referred_to_probation');
