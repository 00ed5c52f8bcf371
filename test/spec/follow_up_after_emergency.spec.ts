import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('follow_up_after_emergency');
