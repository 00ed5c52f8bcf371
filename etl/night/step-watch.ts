/**
 * What several steps came to that are done one after the other for each delivery, or for each release, added up over all
 * of them: a watch that runs for one step at a time.
 */
import { performance } from 'node:perf_hooks';
import type { StageCounts } from './stage-of-night.ts';

export interface StepFound extends StageCounts {
  readonly seconds: number;
  /** Why some of it went no further than this step. */
  readonly codes: readonly string[];
}

export interface StepWatch<Step extends string> {
  /** What is being done now; nothing, without one. */
  at(step: Step | undefined): void;
  now(): Step | undefined;
  /** So many came into a step, and so many of them went no further. */
  count(step: Step, rowsIn: number, rejected?: number): void;
  refuse(step: Step, code: string): void;
  found(step: Step): StepFound;
}

export function stepWatch<const Step extends string>(names: readonly Step[]): StepWatch<Step> {
  const steps = new Map(
    names.map((name) => [name, { rows_in: 0, accepted: 0, rejected: 0, ms: 0, codes: [] as string[] }]),
  );
  const of = (step: Step) => {
    const found = steps.get(step);
    if (found === undefined) throw new Error('a step without a place');
    return found;
  };
  let current: { readonly step: Step; readonly since: number } | undefined;
  return {
    at(step) {
      const moment = performance.now();
      if (current !== undefined) of(current.step).ms += moment - current.since;
      current = step === undefined ? undefined : { step, since: moment };
    },
    now: () => current?.step,
    count(step, rowsIn, rejected = 0) {
      const found = of(step);
      found.rows_in += rowsIn;
      found.accepted += rowsIn - rejected;
      found.rejected += rejected;
    },
    refuse: (step, code) => void of(step).codes.push(code),
    found(step) {
      const { ms, ...counts } = of(step);
      return { ...counts, seconds: Math.round(ms) / 1000 };
    },
  };
}
