import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('mandated_staff_trained');
