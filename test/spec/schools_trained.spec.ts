import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('schools_trained');
