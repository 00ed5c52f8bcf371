import { parentPort, workerData } from 'node:worker_threads';
import { TesseraError } from '../../src/errors.ts';
import { batchEncoder, type Plan } from './batch.ts';

/** A thread that encodes batches: one message in, one message out. */
const encode = batchEncoder(workerData as Plan);

parentPort?.on('message', ({ bytes, firstLine }: { bytes: Uint8Array; firstLine: number }) => {
  try {
    const batch = encode(bytes, firstLine);
    // The text is handed over, not copied, where it has a buffer of its own.
    const own = batch.text.buffer instanceof ArrayBuffer && batch.text.byteLength > 65_536;
    parentPort?.postMessage({ batch }, own ? [batch.text.buffer] : []);
  } catch (error) {
    const expected = error instanceof TesseraError;
    parentPort?.postMessage({
      refused: expected ? { code: error.code, message: error.message, remedy: error.remedy } : undefined,
      defect: expected ? undefined : String((error as Error).stack),
    });
  }
});
