/** Sections one after the other in a stream: a heading, then bytes of any length. Written and read without holding one. */

export interface Section {
  readonly heading: Readonly<Record<string, unknown>>;
  /** To be read to its end before the next section. */
  readonly body: AsyncIterable<Buffer>;
}

export async function* framed(
  heading: Readonly<Record<string, unknown>>,
  body: AsyncIterable<Uint8Array> | Iterable<Uint8Array> = [],
): AsyncGenerator<Buffer> {
  yield* piece(Buffer.from(JSON.stringify(heading)));
  for await (const chunk of body) if (chunk.length > 0) yield* piece(chunk);
  yield lengthOf(0);
}

function* piece(bytes: Uint8Array): Generator<Buffer> {
  yield lengthOf(bytes.length);
  yield Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

function lengthOf(length: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(length);
  return bytes;
}

/** No piece that was written is near this long; a longer one says that these are other bytes. */
const LONGEST = 64 * 2 ** 20;

export async function* sections(source: AsyncIterable<Uint8Array>): AsyncGenerator<Section> {
  const taker = takerOf(source);
  for (;;) {
    const length = await taker.length();
    if (length === undefined) return;
    const heading = JSON.parse((await taker.bytes(length)).toString()) as Section['heading'];
    const body = bodyOf(taker);
    yield { heading, body };
    // Whoever did not want the rest of it still gets the next one.
    for await (const _ of body);
  }
}

async function* bodyOf(taker: Taker): AsyncGenerator<Buffer> {
  for (;;) {
    const length = await taker.length();
    if (length === undefined) throw new Error('the stream ends within a section');
    if (length === 0) return;
    yield await taker.bytes(length);
  }
}

type Taker = ReturnType<typeof takerOf>;

function takerOf(source: AsyncIterable<Uint8Array>) {
  const from = source[Symbol.asyncIterator]();
  let held: Buffer[] = [];
  let size = 0;
  const fill = async (wanted: number): Promise<boolean> => {
    while (size < wanted) {
      const next = await from.next();
      if (next.done === true) return false;
      held.push(Buffer.from(next.value.buffer, next.value.byteOffset, next.value.length));
      size += next.value.length;
    }
    return true;
  };
  const bytes = async (wanted: number): Promise<Buffer> => {
    if (wanted > LONGEST || !(await fill(wanted))) throw new Error('the stream ends within a section');
    const all = held.length === 1 ? (held[0] as Buffer) : Buffer.concat(held);
    held = all.length > wanted ? [all.subarray(wanted)] : [];
    size -= wanted;
    return all.subarray(0, wanted);
  };
  return {
    bytes,
    /** Nothing at the very end. */
    async length(): Promise<number | undefined> {
      if (!(await fill(4))) {
        if (size > 0) throw new Error('the stream ends within a section');
        return undefined;
      }
      return (await bytes(4)).readUInt32BE();
    },
  };
}
