import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('education_entitlements');
