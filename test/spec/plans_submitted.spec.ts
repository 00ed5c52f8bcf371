import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('plans_submitted');
