import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('services_by_phase');
