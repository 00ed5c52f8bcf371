import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('at_risk');
