import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('prevention_reach');
