import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('unmet_reasons');
