import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('waiting_for_providers');
