import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('supported_through_crisis');
