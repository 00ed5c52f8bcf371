import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('suspended_or_expelled');
