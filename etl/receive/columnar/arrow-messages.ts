import { type ByteStream, fill } from '../byte-stream.ts';
import type { Refuse } from '../file-refused.ts';
import type { Limits } from '../limits.ts';

const CONTINUES = 0xffffffff;
const SCHEMA = 1;

/**
 * The messages of an Arrow stream, whole and one by one. Each says how large it is before it is held, so that one
 * that is too large never is. In a file, the stream
 * lies between a mark and a footer, whose schema counts instead of the stream's own.
 */
export async function* arrowMessages(
  stream: ByteStream,
  limits: Limits,
  refuse: Refuse,
  { besides }: { readonly besides: 'nothing' | 'schema and footer' } = { besides: 'nothing' },
): AsyncGenerator<Uint8Array, undefined> {
  for (;;) {
    const front = await take(stream, 8, refuse, besides === 'nothing' ? 0 : 8);
    if (front.length === 0) return undefined;
    const prefix = new DataView(front.buffer, front.byteOffset, 8);
    if (prefix.getUint32(0, true) !== CONTINUES)
      refuse('ARROW', undefined, 'is no Arrow stream or file, or one older than Arrow 0.15');
    const length = prefix.getUint32(4, true);
    if (length === 0) break;
    if (length > limits.metadataBytes)
      refuse('TOO_LARGE', undefined, `has a description longer than ${limits.metadataBytes} bytes`);
    const metadata = await take(stream, length, refuse);
    const { kind, body } = sketch(metadata);
    if (body > BigInt(limits.groupBytes)) {
      const words = `has a record batch of more than ${limits.groupBytes} bytes`;
      refuse('TOO_LARGE', undefined, words, 'write smaller record batches');
    }
    const content = await take(stream, Number(body), refuse);
    if (kind !== SCHEMA || besides === 'nothing') yield Buffer.concat([front, metadata, content]);
  }
  if (besides === 'nothing' && (await stream.read(new Uint8Array(1))) > 0)
    refuse('ARROW', undefined, 'has something after the end of its stream');
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

/** Two fields of a message, as FlatBuffers lay it out: a root table, whose own table says where fields lie. */
function sketch(metadata: Uint8Array): { kind: number; body: bigint } {
  const view = new DataView(metadata.buffer, metadata.byteOffset, metadata.byteLength);
  const table = view.getUint32(0, true);
  const fields = table - view.getInt32(table, true);
  const size = view.getUint16(fields, true);
  const placeOf = (field: number): number => {
    const entry = 4 + field * 2;
    const place = entry < size ? view.getUint16(fields + entry, true) : 0;
    return place === 0 ? 0 : table + place;
  };
  const kind = placeOf(1);
  const body = placeOf(3);
  const length = body === 0 ? 0n : view.getBigInt64(body, true);
  if (length < 0n) throw new RangeError('a message of less than nothing');
  return { kind: kind === 0 ? 0 : view.getUint8(kind), body: length };
}
