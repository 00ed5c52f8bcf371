import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('ongoing_team_in_time');
