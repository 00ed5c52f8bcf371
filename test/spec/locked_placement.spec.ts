import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('locked_placement');
