import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('initial_team_days');
