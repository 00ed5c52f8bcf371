import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('factors_considered');
