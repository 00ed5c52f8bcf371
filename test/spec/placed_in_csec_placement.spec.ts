import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('placed_in_csec_placement');
