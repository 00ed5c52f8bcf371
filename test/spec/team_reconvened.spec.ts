import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('team_reconvened');
