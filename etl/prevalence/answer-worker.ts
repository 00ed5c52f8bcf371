import { parentPort } from 'node:worker_threads';
import type { Asked } from './answer-threads.ts';
import { workOut } from './answer-work.ts';

/** A thread that works answers out, one after the other, until it is ended. */
parentPort?.on('message', ({ number, work, settings }: Asked) => {
  workOut(work, settings).then(
    (answers) => parentPort?.postMessage({ number, answers }),
    (error: unknown) => {
      throw error;
    },
  );
});
