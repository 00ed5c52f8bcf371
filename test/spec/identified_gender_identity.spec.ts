import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('identified_gender_identity');
