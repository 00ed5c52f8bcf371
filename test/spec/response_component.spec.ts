import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('response_component');
