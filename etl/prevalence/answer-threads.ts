/** Answers worked out on threads, so that the many estimates of a night have all processors. What an answer is does not depend on them. */
import { Worker } from 'node:worker_threads';
import type { Answers, Work, WorkOut } from './answer-work.ts';
import type { Settings } from './hub-answer.ts';

export interface Asked {
  readonly number: number;
  readonly work: Work;
  readonly settings: Settings;
}

interface Answered {
  readonly number: number;
  readonly answers: Answers;
}

const WORKER = import.meta.url.endsWith('.ts') ? './answer-worker.ts' : './answer-worker.js';

export function answerThreads(threads: number): { readonly workOut: WorkOut; close(): Promise<void> } {
  const waiting = new Map<
    number,
    { resolve: (answers: Answers) => void; reject: (error: unknown) => void }
  >();
  const fail = (error: unknown): void => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  const workers = Array.from({ length: threads }, () => {
    const worker = new Worker(new URL(WORKER, import.meta.url));
    worker.on('error', fail);
    worker.on('message', ({ number, answers }: Answered) => {
      waiting.get(number)?.resolve(answers);
      waiting.delete(number);
    });
    return worker;
  });
  let asked = 0;
  return {
    workOut(work, settings) {
      const number = asked++;
      const { promise, resolve, reject } = Promise.withResolvers<Answers>();
      waiting.set(number, { resolve, reject });
      workers[number % threads]?.postMessage({ number, work, settings } satisfies Asked);
      return promise;
    },
    async close() {
      fail(new Error('the threads of the estimates were ended'));
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
