import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('parties_at_meetings');
