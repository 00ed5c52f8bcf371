import zlib from 'node:zlib';
import { Unavailable } from '../../src/errors.ts';
import type { ByteStream } from './byte-stream.ts';
import type { Compression } from './declared-file.ts';
import type { Refuse } from './file-refused.ts';
import { type Engine, inflate, PIECE, weigh } from './inflate.ts';
import type { Limits } from './limits.ts';
import type { StoredBytes } from './stored-file.ts';

type Packed = Exclude<Compression, 'none'>;

/** The content of a compressed file. Nothing may be missing from it, follow it, or swell out of proportion. */
export function decompressed(
  handle: StoredBytes,
  stored: number,
  compression: Packed,
  limits: Limits,
  refuse: Refuse,
): ByteStream {
  const pieces = unpack(handle, stored, compression, limits, refuse);
  let piece: Uint8Array = new Uint8Array(0);
  return {
    async read(into) {
      while (piece.length === 0) {
        const next = await pieces.next();
        if (next.done === true) return 0;
        piece = next.value;
      }
      const part = piece.subarray(0, into.length);
      into.set(part);
      piece = piece.subarray(part.length);
      return part.length;
    },
    async close() {
      await pieces.return(undefined);
    },
  };
}

/**
 * gzip members that follow each other are one file, and so are zstd frames. Node reads on through members and stops
 * silently after the first frame, so that every frame is given an engine of its own, and what no engine took is
 * found by counting.
 */
async function* unpack(
  handle: StoredBytes,
  stored: number,
  compression: Packed,
  limits: Limits,
  refuse: Refuse,
): AsyncGenerator<Uint8Array, undefined> {
  let taken = 0;
  let made = 0;
  const mostFrames = compression === 'zstd' ? limits.zstdFrames : 1;
  for (let frame = 0; frame < mostFrames && (frame === 0 || taken < stored); frame++) {
    const engine = engineFor(compression, limits);
    try {
      for await (const piece of inflate(engine, handle, { from: taken })) {
        made += piece.length;
        weigh(made, taken + engine.bytesWritten, limits, refuse);
        yield piece;
      }
    } catch (error) {
      explain(error as NodeJS.ErrnoException, compression, refuse);
    }
    if (engine.bytesWritten === 0) break;
    taken += engine.bytesWritten;
  }
  if (taken < stored)
    refuse(
      'COMPRESSION',
      undefined,
      `has something after the end of its ${compression} data, or too many pieces of it`,
    );
  return undefined;
}

function engineFor(compression: Packed, limits: Limits): Engine {
  if (compression === 'gzip') return zlib.createGunzip({ chunkSize: PIECE });
  if (typeof zlib.createZstdDecompress !== 'function')
    throw new Unavailable('ZSTD_MISSING', 'this Node reads no zstd', { remedy: 'use Node 24, or send gzip' });
  const params = { [zlib.constants.ZSTD_d_windowLogMax]: limits.zstdWindowLog };
  return zlib.createZstdDecompress({ chunkSize: PIECE, params });
}

function explain(error: NodeJS.ErrnoException, compression: Packed, refuse: Refuse): never {
  const code = error.code ?? '';
  if (code === 'Z_BUF_ERROR')
    refuse('COMPRESSION', undefined, `is cut off: the end of its ${compression} data is missing`);
  if (code.startsWith('Z_') || code.startsWith('ZSTD_'))
    refuse(
      'COMPRESSION',
      undefined,
      `is not ${compression} from beginning to end: damaged, or something follows it`,
    );
  throw error;
}
