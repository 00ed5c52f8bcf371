import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('came_forward_in_detention');
