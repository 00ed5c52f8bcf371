import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('conditions_recorded');
