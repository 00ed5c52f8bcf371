import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('interviewed_after_return');
