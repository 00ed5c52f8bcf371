import type { CaptureTable } from './capture-table.ts';
import { estimateWith } from './methods.ts';
import { METHODS, type Method, type Result } from './result.ts';
import { type Sensitivity, sensitivityOf } from './sensitivity.ts';
import { type TaskOptions, task } from './task.ts';
import { type Verdict, verdictOf } from './verdict.ts';

export interface Estimation {
  readonly results: readonly Result[];
  readonly sensitivity: Sensitivity;
  readonly verdict: Verdict;
}

/** From a table of capture histories to estimates, how far to trust them, and whether to give any figure at all. */
export async function estimate(
  table: CaptureTable,
  methods: readonly Method[] = METHODS,
  options: TaskOptions = {},
): Promise<Estimation> {
  const work = task(table, options);
  const results: Result[] = [];
  for (const method of methods) results.push(...(await estimateWith(method, work)));
  return { results, sensitivity: sensitivityOf(work), verdict: await verdictOf(work) };
}
