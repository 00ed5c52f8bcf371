import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('placed_out_of_county');
