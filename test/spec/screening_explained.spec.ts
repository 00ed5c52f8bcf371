import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('screening_explained');
