import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('missing_report_hours');
