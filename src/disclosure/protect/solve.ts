import { Worker } from 'node:worker_threads';
import { type Effort, type Protected, protectComponent, type Unmet } from './component.ts';
import type { Component } from './components.ts';
import type { Move } from './move.ts';
import { isSolverFailure, renewSolver, solver } from './solver.ts';

const WORKER = import.meta.url.endsWith('.ts') ? './solve-worker.ts' : './solve-worker.js';

/** A solver that fails never stops a release, nor lets one through: what it would have found is looked for without it. */
export async function solveComponent({ component, before, effort }: Task): Promise<Protected | Unmet> {
  try {
    return protectComponent(await solver(), component, effort, before);
  } catch (error) {
    if (!isSolverFailure(error)) throw error;
    renewSolver();
    return protectComponent(undefined, component, effort, before);
  }
}

export interface Task {
  readonly component: Component;
  readonly effort: Effort;
  /** Tables that were found when the like of it was tried. */
  readonly before: readonly Move[];
}

/**
 * Each component by itself, answered in their order. What a component comes to depends on nothing else, so that the number of
 * threads changes nothing but the time.
 */
export async function solveComponents(
  tasks: readonly Task[],
  threads: number,
): Promise<(Protected | Unmet)[]> {
  if (threads > 1 && tasks.length > 1) return onThreads(tasks, threads);
  const answers: (Protected | Unmet)[] = [];
  for (const task of tasks) answers.push(await solveComponent(task));
  return answers;
}

export interface Asked {
  readonly place: number;
  readonly task: Task;
}

interface Answer {
  readonly place: number;
  readonly result: Protected | Unmet;
}

/** Whichever thread is free takes the next component; the largest come first. */
async function onThreads(tasks: readonly Task[], most: number): Promise<(Protected | Unmet)[]> {
  const answers: (Protected | Unmet)[] = [];
  const length = Math.min(most, tasks.length);
  const threads = Array.from({ length }, () => new Worker(new URL(WORKER, import.meta.url)));
  let next = 0;
  let left = tasks.length;
  try {
    await new Promise<void>((resolve, reject) => {
      const give = (thread: Worker): void => {
        const task = tasks[next];
        if (task !== undefined) thread.postMessage({ place: next++, task } satisfies Asked);
      };
      for (const thread of threads) {
        thread.on('error', reject);
        thread.on('message', ({ place, result }: Answer) => {
          answers[place] = result;
          if (--left === 0) resolve();
          else give(thread);
        });
        give(thread);
      }
    });
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
  return answers;
}
