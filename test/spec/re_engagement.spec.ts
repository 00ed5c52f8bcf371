import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('re_engagement');
