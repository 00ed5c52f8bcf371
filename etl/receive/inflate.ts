import { Readable } from 'node:stream';
import type zlib from 'node:zlib';
import type { Refuse } from './file-refused.ts';
import type { Limits } from './limits.ts';
import { bytesOf, type StoredBytes } from './stored-file.ts';

/** What an engine hands out at a time, and what it is fed with. */
export const PIECE: number = 256 * 1024;

export type Engine = zlib.Gunzip | zlib.InflateRaw | zlib.ZstdDecompress;

/** Bytes [from, to) of a file through an engine, which is done with when the last piece was taken or given up. */
export async function* inflate(
  engine: Engine,
  handle: StoredBytes,
  { from, to = Infinity }: { readonly from: number; readonly to?: number },
): AsyncGenerator<Uint8Array> {
  const source = Readable.from(stretchesOf(handle, from, to));
  source.on('error', (error) => engine.destroy(error));
  source.pipe(engine);
  try {
    for await (const piece of engine) yield piece as Uint8Array;
  } finally {
    source.destroy();
    engine.destroy();
  }
}

async function* stretchesOf(handle: StoredBytes, from: number, to: number): AsyncGenerator<Uint8Array> {
  const stream = bytesOf(handle, from);
  let left = to - from;
  while (left > 0) {
    const stretch = Buffer.allocUnsafe(Math.min(PIECE, left));
    const read = await stream.read(stretch);
    if (read === 0) return;
    left -= read;
    yield stretch.subarray(0, read);
  }
}

/** Refuses what swells out of proportion, long before it fills anything. */
export function weigh(made: number, taken: number, limits: Limits, refuse: Refuse): void {
  if (made > limits.contentBytes)
    refuse('TOO_LARGE', undefined, `is larger than ${limits.contentBytes} bytes when it is unpacked`);
  if (made > limits.freeBytes && made > taken * limits.expansion)
    refuse('COMPRESSION', undefined, `swells to more than ${limits.expansion} times its size`);
}
