import { estimateWith } from '../etl/estimate/methods.ts';
import type { Result as Answer, Method } from '../etl/estimate/result.ts';
import type { Task } from '../etl/estimate/task.ts';
import { median, type Result } from './harness.ts';

/** Populations of known size that a study of coverage draws, and estimates from, of each kind. */
export const SEEDS = 200;

export interface Interval {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
}

/** What one population gives: an interval per way of estimating, undefined where it refuses; and the verdict. */
export interface Trial {
  readonly truth: number;
  readonly refused: boolean;
  readonly intervals: Readonly<Record<string, Interval | undefined>>;
}

export async function estimated(method: Method, task: Task): Promise<Interval | undefined> {
  const [answer] = await estimateWith(method, task);
  return answer === undefined ? undefined : intervalOf(answer);
}

export function intervalOf({ estimate, lower, upper }: Answer): Interval | undefined {
  return estimate === null || lower === null || upper === null ? undefined : { estimate, lower, upper };
}

/** Coverage of the 95 % interval, error and refusals of each way over the trials of one kind. */
export function summary(kind: string, trials: readonly Trial[]): Result[] {
  const share = (part: number, whole: number): number => (100 * part) / Math.max(1, whole);
  const results: Result[] = [
    {
      what: `${kind} / verdict refuses`,
      value: share(trials.filter(({ refused }) => refused).length, trials.length),
      unit: '%',
    },
  ];
  for (const name of Object.keys(trials[0]?.intervals ?? {})) {
    const given = trials.flatMap(({ truth, intervals, refused }) => {
      const own = intervals[name];
      return own === undefined ? [] : [{ truth, refused, ...own }];
    });
    const covered = (of: typeof given): number =>
      share(of.filter(({ truth, lower, upper }) => lower <= truth && truth <= upper).length, of.length);
    const kept = given.filter(({ refused }) => !refused);
    const figure = (what: string, value: number): Result => ({
      what: `${kind} / ${name} / ${what}`,
      value,
      unit: '%',
    });
    results.push(figure('refused', share(trials.length - given.length, trials.length)));
    if (given.length > 0)
      results.push(
        figure('coverage', covered(given)),
        ...(kept.length === 0 ? [] : [figure('coverage where the verdict allows', covered(kept))]),
        figure('median error', 100 * median(given.map(({ estimate, truth }) => estimate / truth - 1))),
        figure(
          'median width of N',
          100 * median(given.map(({ lower, upper, truth }) => (upper - lower) / truth)),
        ),
      );
  }
  return results;
}
