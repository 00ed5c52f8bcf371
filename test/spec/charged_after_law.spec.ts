import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('charged_after_law');
