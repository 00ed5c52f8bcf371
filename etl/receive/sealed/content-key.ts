/** Opens the header of a file in the age format with the hub's keys. Apart from reading it: the library is large, and threads that read need none. */
import { hkdfSync } from 'node:crypto';
import { decrypterWith } from '../../../src/sealing/age-keys.ts';
import { fill } from '../byte-stream.ts';
import type { Refuse } from '../file-refused.ts';
import { bytesOf, type StoredBytes } from '../stored-file.ts';
import { type ContentKey, PIECE, part, TAG } from './unsealed.ts';

const NONCE = 16;
/** A header has a line or three for each who can open the file; nobody writes a hundred. */
const MOST_HEADER = 64 * 1024;

export async function contentKeyOf(
  handle: StoredBytes,
  stored: number,
  keyFile: string | undefined,
  refuse: Refuse,
): Promise<ContentKey> {
  if (keyFile === undefined)
    return refuse('ENCRYPTION', undefined, 'is encrypted, and the hub was given no key', SET_KEY);
  const decrypter = decrypterWith(keyFile);
  const start = Buffer.alloc(Math.min(MOST_HEADER, stored));
  const read = start.subarray(0, await fill(bytesOf(handle), start));
  const end = read.indexOf('\n', read.indexOf('\n--- ') + 1) + 1;
  const [from, pieces] = [end + NONCE, Math.ceil((stored - end - NONCE) / (PIECE + TAG))];
  const length = stored - from - pieces * TAG;
  if (end === 0 || from + TAG > stored || length < 0 || (length === 0 && pieces > 1))
    return refuse('ENCRYPTION', undefined, 'is no age file, or is cut off', ENCRYPT_AGAIN);
  const fileKey = await decrypter.decryptHeader(read.subarray(0, end)).catch(() => undefined);
  if (fileKey === undefined)
    return refuse('ENCRYPTION', undefined, 'was not encrypted for a key of the hub', ENCRYPT_AGAIN);
  const nonce = await part(handle, end, from);
  return { key: new Uint8Array(hkdfSync('sha256', fileKey, nonce, 'payload', 32)), from, length };
}

const SET_KEY = 'set TESSERA_DELIVERY_KEY_FILE to the key whose public half the agency was given';
const ENCRYPT_AGAIN = 'encrypt it again, for the key that the hub gives out';
