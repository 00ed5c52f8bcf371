import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('mental_health_entitlements');
