import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('chronically_absent');
