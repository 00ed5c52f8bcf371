import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('hours_to_engagement');
