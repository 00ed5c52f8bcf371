import { parentPort } from 'node:worker_threads';
import { type Asked, solveComponent } from './solve.ts';

/** One component after the other, until the thread is ended. */
parentPort?.on('message', ({ place, task }: Asked) => {
  void solveComponent(task).then((result) => parentPort?.postMessage({ place, result }));
});
