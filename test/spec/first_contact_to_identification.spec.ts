import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('first_contact_to_identification');
