import { Worker } from 'node:worker_threads';
import { type Answer, doAlone, type Job, type Known, type Task } from './work.ts';

const WORKER = import.meta.url.endsWith('.ts') ? './link-worker.ts' : './link-worker.js';

/** Does a job on threads. Tasks are answered in their order, so the number of threads changes nothing but the time. */
export async function doOnThreads<Result>(known: Known, job: Job<Result>, threads: number): Promise<Result> {
  if (threads <= 1) return doAlone(known, job);
  const crew = new Crew(known, threads);
  try {
    let answers: readonly Answer[] = [];
    for (;;) {
      const { done, value } = job.next(answers);
      if (done === true) return value;
      answers = [];
      if ('tell' in value) crew.tell(value.tell);
      else answers = await crew.perform(value.tasks);
    }
  } finally {
    await crew.close();
  }
}

class Crew {
  readonly #workers: readonly Worker[];

  constructor(known: Known, threads: number) {
    this.#workers = Array.from(
      { length: threads },
      () => new Worker(new URL(WORKER, import.meta.url), { workerData: known }),
    );
  }

  tell(more: Partial<Known>): void {
    for (const worker of this.#workers) worker.postMessage({ tell: more });
  }

  /** Whoever is free takes the next task. */
  perform(tasks: readonly Task[]): Promise<readonly Answer[]> {
    if (tasks.length === 0) return Promise.resolve([]);
    const answers: Answer[] = [];
    let [next, left] = [0, tasks.length];
    return new Promise((resolve, reject) => {
      const give = (worker: Worker): void => {
        if (next < tasks.length) worker.postMessage({ task: tasks[next], place: next++ });
      };
      for (const worker of this.#workers) {
        worker.removeAllListeners();
        worker.on('error', reject);
        worker.on('message', ({ place, answer }: { place: number; answer: Answer }) => {
          answers[place] = answer;
          if (--left === 0) resolve(answers);
          else give(worker);
        });
        give(worker);
      }
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }
}
