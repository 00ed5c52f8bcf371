import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('health_visits');
