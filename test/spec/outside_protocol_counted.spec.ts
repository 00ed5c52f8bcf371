import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('outside_protocol_counted');
