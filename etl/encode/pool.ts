import { Worker } from 'node:worker_threads';
import { Refused } from '../../src/errors.ts';
import { batchEncoder, type EncodedBatch, type Plan } from './batch.ts';

interface Reply {
  readonly batch?: EncodedBatch;
  readonly refused?: { code: string; message: string; remedy?: string };
  readonly defect?: string;
}

/** The file that a thread runs; a bundle of one file names itself. */
export const encodeWorker = {
  url: new URL(
    import.meta.url.endsWith('.ts') ? './encode-worker.ts' : './encode-worker.js',
    import.meta.url,
  ),
};

/**
 * Encodes batches on `threads` threads and yields the results in the order of the batches. At most two batches
 * per thread are under way, so memory stays bounded however long the input is.
 */
export async function* encodeBatches(
  plan: Plan,
  source: AsyncIterable<{ bytes: Uint8Array; firstLine: number }>,
  threads: number,
): AsyncGenerator<EncodedBatch> {
  if (threads <= 1) {
    const encode = batchEncoder(plan);
    for await (const { bytes, firstLine } of source) yield encode(bytes, firstLine);
    return;
  }
  const workers = Array.from({ length: threads }, () => new Seat(plan));
  try {
    const underWay: Promise<EncodedBatch>[] = [];
    let turn = 0;
    for await (const batch of source) {
      const seat = workers[turn++ % threads] as Seat;
      underWay.push(seat.encode(batch));
      if (underWay.length >= 2 * threads) yield await (underWay.shift() as Promise<EncodedBatch>);
    }
    while (underWay.length > 0) yield await (underWay.shift() as Promise<EncodedBatch>);
  } finally {
    await Promise.all(workers.map((seat) => seat.close()));
  }
}

/** A worker answers in order, so its replies meet their requests first in, first out. */
class Seat {
  readonly #worker: Worker;
  readonly #waiting: { resolve: (batch: EncodedBatch) => void; reject: (error: unknown) => void }[] = [];

  constructor(plan: Plan) {
    this.#worker = new Worker(encodeWorker.url, { workerData: plan });
    this.#worker.on('message', (reply: Reply) => this.#settle(reply));
    this.#worker.on('error', (error) => this.#waiting.splice(0).forEach(({ reject }) => reject(error)));
  }

  encode(batch: { bytes: Uint8Array; firstLine: number }): Promise<EncodedBatch> {
    const result = new Promise<EncodedBatch>((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
    });
    // A later batch may fail while an earlier one is awaited; whoever awaits it still sees the failure.
    result.catch(() => undefined);
    this.#worker.postMessage(batch);
    return result;
  }

  #settle({ batch, refused, defect }: Reply): void {
    const waiting = this.#waiting.shift();
    if (batch !== undefined) waiting?.resolve(batch);
    else if (refused === undefined) waiting?.reject(new Error(defect));
    else {
      const { code, message, remedy } = refused;
      waiting?.reject(new Refused(code, message, remedy === undefined ? {} : { remedy }));
    }
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}
