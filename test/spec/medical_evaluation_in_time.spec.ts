import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('medical_evaluation_in_time');
