import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('young_people_missing');
