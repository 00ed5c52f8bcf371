import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('responded_to_imminent_danger');
