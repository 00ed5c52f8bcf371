import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('never_charged_indicatively');
