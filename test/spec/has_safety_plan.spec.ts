import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('has_safety_plan');
