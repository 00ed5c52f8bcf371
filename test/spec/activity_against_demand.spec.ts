import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('activity_against_demand');
