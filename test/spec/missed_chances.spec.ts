import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('missed_chances');
