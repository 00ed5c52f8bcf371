import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('needs_by_county');
