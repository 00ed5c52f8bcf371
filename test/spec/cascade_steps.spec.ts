import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('cascade_steps');
