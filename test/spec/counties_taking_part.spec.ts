import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('counties_taking_part');
