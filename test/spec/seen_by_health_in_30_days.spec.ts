import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('seen_by_health_in_30_days');
