import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('reassessed_in_time');
