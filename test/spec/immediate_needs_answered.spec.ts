import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('immediate_needs_answered');
