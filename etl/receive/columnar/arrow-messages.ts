import { type ByteStream, fill } from '../byte-stream.ts';
import type { Refuse } from '../file-refused.ts';
import type { Limits } from '../limits.ts';

const CONTINUES = 0xffffffff;
const FILE_MAGIC = 'ARROW1';

/**
 * The messages of an Arrow stream, or of the stream inside an Arrow file, whole and one by one. Each says how large
 * it is before it is held, so that one that is too large never is.
 */
export async function* arrowMessages(
  stream: ByteStream,
  limits: Limits,
  refuse: Refuse,
): AsyncGenerator<Uint8Array, undefined> {
  let front = await take(stream, 8, refuse);
  const isFile = Buffer.from(front.subarray(0, 6)).toString('latin1') === FILE_MAGIC;
  if (isFile) front = await take(stream, 8, refuse);
  while (front.length === 8) {
    const prefix = new DataView(front.buffer, front.byteOffset, 8);
    if (prefix.getUint32(0, true) !== CONTINUES)
      refuse('ARROW', undefined, 'is no Arrow stream or file, or one older than Arrow 0.15');
    const length = prefix.getUint32(4, true);
    if (length === 0) {
      yield front;
      await endOf(stream, isFile, refuse);
      return undefined;
    }
    if (length > limits.metadataBytes)
      refuse('TOO_LARGE', undefined, `has a description longer than ${limits.metadataBytes} bytes`);
    const metadata = await take(stream, length, refuse);
    const body = bodyLength(metadata);
    if (body > BigInt(limits.groupBytes))
      refuse(
        'TOO_LARGE',
        undefined,
        `has a record batch of more than ${limits.groupBytes} bytes`,
        'write smaller record batches',
      );
    const content = await take(stream, Number(body), refuse);
    yield Buffer.concat([front, metadata, content]);
    front = await take(stream, 8, refuse, 0);
  }
  if (isFile) refuse('ARROW', undefined, 'is cut off');
  return undefined;
}

/** All of `length` bytes; or `orNothing` of them, where a stream may end. */
async function take(
  stream: ByteStream,
  length: number,
  refuse: Refuse,
  orNothing = length,
): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  const filled = await fill(stream, bytes);
  if (filled !== length && filled !== orNothing) refuse('ARROW', undefined, 'is cut off');
  return bytes.subarray(0, filled);
}

/** A stream ends with its end; a file has its table of contents behind, and its mark once more. */
async function endOf(stream: ByteStream, isFile: boolean, refuse: Refuse): Promise<void> {
  const rest = new Uint8Array(64 * 1024);
  let tail = Buffer.alloc(0);
  for (;;) {
    const read = await stream.read(rest);
    if (read === 0) break;
    if (!isFile) refuse('ARROW', undefined, 'has something after the end of its stream');
    tail = Buffer.concat([tail, rest.subarray(0, read)]).subarray(-FILE_MAGIC.length);
  }
  if (isFile && tail.toString('latin1') !== FILE_MAGIC) refuse('ARROW', undefined, 'is cut off');
}

/** The fourth field of a message, as FlatBuffers lay it out: a root table, whose own table says where fields lie. */
function bodyLength(metadata: Uint8Array): bigint {
  const view = new DataView(metadata.buffer, metadata.byteOffset, metadata.byteLength);
  const table = view.getUint32(0, true);
  const fields = table - view.getInt32(table, true);
  const size = view.getUint16(fields, true);
  const field = size > FOURTH ? view.getUint16(fields + FOURTH, true) : 0;
  const length = field === 0 ? 0n : view.getBigInt64(table + field, true);
  if (length < 0n) throw new RangeError('a message of less than nothing');
  return length;
}

const FOURTH = 4 + 3 * 2;
