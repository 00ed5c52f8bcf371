import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('sharing_explained');
