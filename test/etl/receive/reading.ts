import type { RowSource } from '../../../etl/receive/batch.ts';
import type { ByteStream } from '../../../etl/receive/byte-stream.ts';
import type { FileRefused } from '../../../etl/receive/file-refused.ts';

/** A stream of bytes that comes in pieces of one size. */
export function streamOf(content: Uint8Array | string, piece = 1 << 20): ByteStream {
  const bytes = Buffer.from(content);
  let at = 0;
  return {
    read(into) {
      const part = bytes.subarray(at, at + Math.min(piece, into.length));
      into.set(part);
      at += part.length;
      return Promise.resolve(part.length);
    },
    close: () => Promise.resolve(),
  };
}

export interface ReadTable {
  readonly columns: readonly string[];
  readonly rows: string[][];
  readonly lines: number[];
}

/** Everything of a source as text, copied out of its batches. */
export async function readAll(source: RowSource): Promise<ReadTable> {
  const rows: string[][] = [];
  const lines: number[] = [];
  for await (const batch of source.batches()) {
    for (let row = 0; row < batch.rows; row++) {
      const first = row * batch.columns;
      rows.push(
        Array.from({ length: batch.columns }, (_, column) =>
          Buffer.from(
            batch.bytes.subarray(batch.starts[first + column], batch.ends[first + column]),
          ).toString(),
        ),
      );
      lines.push(batch.lines[row] ?? 0);
    }
  }
  return { columns: [...source.columns], rows, lines };
}

/** The refusal that a reading ends in; a reading that ends well fails the test. */
export async function refusalOf(reading: Promise<unknown>): Promise<FileRefused> {
  try {
    await reading;
  } catch (error) {
    return error as FileRefused;
  }
  throw new Error('nothing was refused');
}
