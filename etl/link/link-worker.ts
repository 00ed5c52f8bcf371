import { parentPort, workerData } from 'node:worker_threads';
import { type Answer, type Known, LinkWorker, type Task } from './work.ts';

/** A thread of linkage: what it is told it keeps; each task is one message in and one out. */
const worker = new LinkWorker(workerData as Known);

parentPort?.on('message', (message: { tell: Partial<Known> } | { task: Task; place: number }) => {
  if ('tell' in message) {
    worker.tell(message.tell);
    return;
  }
  const answer = worker.perform(message.task);
  parentPort?.postMessage({ place: message.place, answer }, owned(answer));
});

/** Links are handed over, not copied; blocks lie in shared memory. */
function owned(answer: Answer): ArrayBuffer[] {
  if (!('edges' in answer)) return [];
  const { a, b, weight } = answer.edges;
  return [a.buffer, b.buffer, weight.buffer].filter((buffer) => buffer instanceof ArrayBuffer);
}
