import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('emergency_department_visits');
