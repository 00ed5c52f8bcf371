import { parentPort, workerData } from 'node:worker_threads';
import { TesseraError } from '../../src/errors.ts';
import { batchEncoder, type Plan } from './batch.ts';

/** A thread that encodes batches: one message in, one message out. */
const encode = batchEncoder(workerData as Plan);

parentPort?.on('message', ({ bytes, firstLine }: { bytes: Uint8Array; firstLine: number }) => {
  try {
    parentPort?.postMessage({ batch: encode(bytes, firstLine) });
  } catch (error) {
    const expected = error instanceof TesseraError;
    parentPort?.postMessage({
      refused: expected ? { code: error.code, message: error.message, remedy: error.remedy } : undefined,
      defect: expected ? undefined : String((error as Error).stack),
    });
  }
});
