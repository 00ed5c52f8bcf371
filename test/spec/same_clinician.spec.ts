import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('same_clinician');
