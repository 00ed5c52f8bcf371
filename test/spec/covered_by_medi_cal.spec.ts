import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('covered_by_medi_cal');
