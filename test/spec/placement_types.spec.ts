import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('placement_types');
