/**
 * Parquet and Arrow files are read by libraries that trust what a file says of itself, and a damaged or hostile file
 * can make them run on or fill the memory. So they are read in a thread of their own, which is ended when it takes
 * too long over one step or too much memory. The thread hands over whole groups without copying them.
 */
import type { FileHandle } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import type { Batch, RowSource } from '../batch.ts';
import type { FileRule, Refuse } from '../file-refused.ts';
import type { Limits } from '../limits.ts';
import type { ContentKey } from '../sealed/unsealed.ts';
import { batchesOf, type Group } from './group.ts';

export interface Task {
  readonly format: 'parquet' | 'arrow';
  readonly descriptor: number;
  readonly length: number;
  readonly sealed: ContentKey | undefined;
  readonly limits: Limits;
}

/** The columns first, then a group for each question; nothing at the end. */
export interface Answer {
  readonly columns?: readonly string[];
  readonly group?: Group;
  readonly refused?: {
    readonly rule: FileRule;
    readonly line: number | undefined;
    readonly words: string;
    readonly remedy: string | undefined;
  };
}

/** Rows that hold a thread until the last batch was taken, or until they are given up. */
export interface RowsApart extends RowSource {
  close(): Promise<void>;
}

const WORKER = import.meta.url.endsWith('.ts') ? './columnar-worker.ts' : './columnar-worker.js';

export async function openApart(
  format: Task['format'],
  { handle, length, sealed }: { readonly handle: FileHandle } & Pick<Task, 'length' | 'sealed'>,
  { limits, refuse }: { readonly limits: Limits; readonly refuse: Refuse },
): Promise<RowsApart> {
  const worker = new Worker(new URL(WORKER, import.meta.url), {
    workerData: { format, descriptor: handle.fd, length, sealed, limits } satisfies Task,
    resourceLimits: { maxOldGenerationSizeMb: Math.ceil(limits.groupMemoryBytes / (1 << 20)) },
  });
  // Between two questions nobody waits for the thread, and what it fails of then ends the next one.
  worker.on('error', () => {});
  const close = async (): Promise<void> => void (await worker.terminate());
  try {
    const { columns = [] } = await answerOf(worker, limits, refuse);
    return { columns, batches: () => batches(worker, limits, refuse), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function* batches(worker: Worker, limits: Limits, refuse: Refuse): AsyncGenerator<Batch> {
  try {
    for (;;) {
      worker.postMessage('next');
      const { group } = await answerOf(worker, limits, refuse);
      if (group === undefined) return;
      yield* batchesOf(group);
    }
  } finally {
    await worker.terminate();
  }
}

/** How often somebody looks whether the thread has gone too far. */
const LOOK_MS = 50;

/** The thread's next answer, or why there will be none. */
async function answerOf(worker: Worker, limits: Limits, refuse: Refuse): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const refused = (...words: Parameters<Refuse>): void => {
    try {
      refuse(...words);
    } catch (error) {
      reject(error);
    }
  };
  const failed = (error: NodeJS.ErrnoException): void => {
    if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') tooMuch();
    else reject(error);
  };
  const tooMuch = (): void =>
    refused('TOO_LARGE', undefined, `needs more than ${limits.groupMemoryBytes} bytes of memory`, SMALLER);
  const ended = (): void => reject(new Error('the thread that reads a columnar file ended by itself'));
  worker.once('message', resolve).once('error', failed).once('exit', ended);
  const begun = performance.now();
  // What lies outside of the thread's heap counts for the process alone.
  const memory = process.memoryUsage.rss();
  const look = setInterval(() => {
    if (performance.now() - begun > limits.groupSeconds * 1000)
      refused('TOO_SLOW', undefined, `took more than ${limits.groupSeconds} s for one step`, EXPORT_AGAIN);
    if (process.memoryUsage.rss() - memory > limits.groupMemoryBytes) tooMuch();
  }, LOOK_MS);
  try {
    const answer = await promise;
    if (answer.refused === undefined) return answer;
    const { rule, line, words, remedy } = answer.refused;
    return refuse(rule, line, words, remedy);
  } finally {
    clearInterval(look);
    worker.off('message', resolve).off('error', failed).off('exit', ended);
  }
}

const SMALLER = 'write smaller row groups or record batches';
const EXPORT_AGAIN = 'export the file again; it may be damaged';
