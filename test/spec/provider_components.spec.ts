import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('provider_components');
