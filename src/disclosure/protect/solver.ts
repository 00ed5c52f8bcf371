import type { Highs, Model } from 'highs';
import * as highsModule from 'highs';

export type { Highs, Model };

/** Under ESM the default export is the loader itself, where its types (written for CommonJS) see a namespace. */
const load = highsModule.default as unknown as () => Promise<Highs>;

let loading: Promise<Highs> | undefined;

/** The solver, compiled once per process. */
export function solver(): Promise<Highs> {
  loading ??= load();
  return loading;
}

/** One that has failed may answer nothing more, or worse: whatever comes next gets another. */
export function renewSolver(): void {
  loading = undefined;
}

/** What a solver throws when it aborts, runs out of memory or refuses a model: an answer that is missing, and no mistake of ours. */
export function isSolverFailure(error: unknown): boolean {
  return error instanceof WebAssembly.RuntimeError || (error instanceof Error && error.name === 'HighsError');
}

/** Above this the solver counts a bound as absent. */
export const FREE = 1e30;

export function bounded(value: number): number {
  return Math.min(FREE, Math.max(-FREE, value));
}
