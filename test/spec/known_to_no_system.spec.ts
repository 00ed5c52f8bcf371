import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('known_to_no_system');
