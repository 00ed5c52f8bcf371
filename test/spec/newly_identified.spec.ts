import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('newly_identified');
