import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('stage_of_change');
