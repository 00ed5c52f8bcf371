import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('repeat_assessments');
