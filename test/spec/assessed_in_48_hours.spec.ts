import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('assessed_in_48_hours');
