import { describeMetric } from '../support/measures/describe-metric.ts';

describeMetric('school_kept_after_move');
