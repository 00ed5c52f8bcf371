import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('safety_plans');
