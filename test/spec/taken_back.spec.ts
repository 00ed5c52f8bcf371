import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('taken_back');
