import { Message } from 'apache-arrow';
import { Footer } from 'apache-arrow/ipc/metadata/file';
import { type ByteStream, fill } from '../byte-stream.ts';
import type { Refuse } from '../file-refused.ts';
import type { Limits } from '../limits.ts';
import { bytesOf, type StoredBytes } from '../stored-file.ts';
import { arrowMessages } from './arrow-messages.ts';

const MARK = 'ARROW1';
const FRONT_BYTES = 8;
/** Behind the footer: its length and the mark. */
const TAIL_BYTES = 4 + MARK.length;

/**
 * An Arrow file is read as the stream that lies in it, in order. Its schema comes from the footer, since some
 * writers give it nowhere else.
 */
export async function* arrowContent(
  handle: StoredBytes,
  stored: number,
  limits: Limits,
  refuse: Refuse,
): AsyncGenerator<Uint8Array, undefined> {
  const front = await part(bytesOf(handle), Math.min(stored, FRONT_BYTES));
  if (front.toString('latin1', 0, MARK.length) !== MARK) {
    yield* arrowMessages(bytesOf(handle), limits, refuse);
    return undefined;
  }
  const tail = await part(bytesOf(handle, Math.max(0, stored - TAIL_BYTES)), TAIL_BYTES);
  if (stored < FRONT_BYTES + TAIL_BYTES || tail.toString('latin1', 4) !== MARK)
    refuse('ARROW', undefined, 'is cut off');
  const length = tail.readInt32LE(0);
  if (length < 0 || length > limits.metadataBytes || length > stored - FRONT_BYTES - TAIL_BYTES)
    refuse('ARROW', undefined, `has a footer longer than ${limits.metadataBytes} bytes or than itself`);
  const footer = Footer.decode(await part(bytesOf(handle, stored - TAIL_BYTES - length), length));
  yield framed(Message.encode(Message.from(footer.schema)));
  yield* arrowMessages(bytesOf(handle, FRONT_BYTES), limits, refuse, { besides: 'schema and footer' });
  return undefined;
}

async function part(stream: ByteStream, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  return bytes.subarray(0, await fill(stream, bytes));
}

/** A message as a stream carries it: its mark, its length, and itself up to a multiple of eight bytes. */
function framed(metadata: Uint8Array): Uint8Array {
  const padded = Math.ceil(metadata.length / 8) * 8;
  const bytes = Buffer.alloc(8 + padded);
  bytes.writeInt32LE(-1, 0);
  bytes.writeInt32LE(padded, 4);
  bytes.set(metadata, 8);
  return bytes;
}
