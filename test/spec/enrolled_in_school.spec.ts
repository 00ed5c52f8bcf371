import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('enrolled_in_school');
