import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('lgbtq_share');
