import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('screening_follow_up');
