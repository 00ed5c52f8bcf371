import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('non_minor_dependents');
