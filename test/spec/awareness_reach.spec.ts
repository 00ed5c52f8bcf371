import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('awareness_reach');
