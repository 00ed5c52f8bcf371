import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('programs_by_evidence');
