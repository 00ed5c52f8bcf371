import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('trainings_completed');
