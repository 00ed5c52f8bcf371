/**
 * A file that its agency encrypted for the hub in the age format: opened in memory, piece by piece where it is read, so that
 * nothing of it is ever written down in the clear. Every piece of 64 KiB is authenticated by itself and by its place, so that a
 * reader may begin anywhere, and one that was swapped, cut off or changed is found when it is read.
 */
import { createDecipheriv } from 'node:crypto';
import { fill } from '../byte-stream.ts';
import type { Refuse } from '../file-refused.ts';
import { bytesOf, type StoredBytes } from '../stored-file.ts';

/** Enough to read the content, and of no use for any other file. */
export interface ContentKey {
  readonly key: Uint8Array;
  /** Where the content begins in the file as it is stored. */
  readonly from: number;
  /** How many bytes it has in the clear. */
  readonly length: number;
}

export const PIECE = 64 * 1024;
export const TAG = 16;

/** The content in the clear, as if it were the file. */
export function unsealed(
  handle: StoredBytes,
  { key, from, length }: ContentKey,
  refuse: Refuse,
): StoredBytes {
  const last = Math.max(0, Math.ceil(length / PIECE) - 1);
  let held: { readonly piece: number; readonly clear: Promise<Buffer> } | undefined;
  const open = async (piece: number): Promise<Buffer> => {
    const at = from + piece * (PIECE + TAG);
    const size = piece === last ? length - piece * PIECE : PIECE;
    const sealed = await part(handle, at, at + size + TAG);
    try {
      const decipher = createDecipheriv('chacha20-poly1305', key, nonceOf(piece, last), {
        authTagLength: TAG,
      });
      decipher.setAuthTag(sealed.subarray(size));
      const clear = decipher.update(sealed.subarray(0, size));
      decipher.final();
      return clear;
    } catch {
      return refuse('ENCRYPTION', undefined, 'is damaged: a piece of it does not open', ENCRYPT_AGAIN);
    }
  };
  const opened = (piece: number): Promise<Buffer> => {
    if (held?.piece !== piece) held = { piece, clear: open(piece) };
    return held.clear;
  };
  return {
    async read(into, offset, wanted, position) {
      let done = 0;
      while (done < wanted && position + done < length) {
        const piece = Math.floor((position + done) / PIECE);
        const clear = await opened(piece);
        const begin = position + done - piece * PIECE;
        const taken = clear.subarray(begin, begin + wanted - done);
        into.set(taken, offset + done);
        done += taken.length;
      }
      return { bytesRead: done };
    },
    close: () => handle.close(),
  };
}

/** The number of the piece in eleven bytes, and whether it is the last one. */
function nonceOf(piece: number, last: number): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(piece, 5, 6);
  nonce[11] = piece === last ? 1 : 0;
  return nonce;
}

export async function part(handle: StoredBytes, from: number, to: number): Promise<Buffer> {
  const bytes = Buffer.alloc(to - from);
  return bytes.subarray(0, await fill(bytesOf(handle, from), bytes));
}

const ENCRYPT_AGAIN = 'encrypt it again, for the key that the hub gives out';
