import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('agencies_differ');
