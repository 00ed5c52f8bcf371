import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('providers_trained');
