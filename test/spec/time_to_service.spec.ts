import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('time_to_service');
