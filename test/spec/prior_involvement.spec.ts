import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('prior_involvement');
