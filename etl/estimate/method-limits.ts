import { logNormal } from './log-normal.ts';
import { type DevianceWith, profileInterval } from './profile-interval.ts';
import { answered, declined, type Method, type Result } from './result.ts';
import type { Selection } from './selection.ts';
import type { Task } from './task.ts';

export interface Limits {
  readonly lower: number;
  readonly upper: number;
  readonly se?: number;
  /** The profile likelihood has its own, slightly smaller, estimate. */
  readonly estimate?: number;
  readonly refusal?: string;
}

/** Resampling when asked for, else the profile likelihood when asked for, else the log-normal interval. */
export async function limitsOf(
  task: Task,
  fit: { readonly hidden: number; readonly logVariance: number },
  selection: Selection,
  deviance: () => DevianceWith,
): Promise<Limits> {
  const seen = task.data.persons;
  const wald = logNormal(seen, fit, task.level);
  if (task.replicates > 0) return { se: wald.se, ...(await resampled(task, selection)) };
  if (task.profile) return { se: wald.se, ...profileInterval(deviance(), seen, fit.hidden, task.level) };
  return wald;
}

export async function resampled(task: Task, selection: Selection): Promise<Limits> {
  const { bca, withoutEstimate } = await task.resample(selection);
  if (bca === undefined)
    return {
      lower: Number.NaN,
      upper: Number.NaN,
      refusal: `RESAMPLES_WITHOUT_ESTIMATE: ${withoutEstimate} of ${task.replicates} resamples give no estimate, or some person carries it alone; the figure hangs on a few overlaps`,
    };
  return {
    lower: bca.quantile((1 - task.level) / 2),
    upper: bca.quantile((1 + task.level) / 2),
  };
}

export function settled(
  method: Method,
  task: Task,
  { refusal, ...limits }: Limits,
  {
    model,
    status,
    ...fit
  }: Partial<Pick<Result, 'deviance' | 'df' | 'aic' | 'bic'>> & {
    model: string;
    status: Result['status'];
  },
  estimate: number,
): Result {
  const more = { model, ...(status === null ? {} : { status }) };
  if (refusal !== undefined) return declined(method, task.level, refusal, more);
  return answered(method, task.level, { estimate, ...limits, ...fit }, more);
}
