import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('specialty_court_known');
