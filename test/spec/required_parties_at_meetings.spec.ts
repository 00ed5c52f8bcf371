import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('required_parties_at_meetings');
