import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('system_order');
