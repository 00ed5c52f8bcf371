/** An Arrow stream: one dictionary for each column of text, whole before the first row, then batches of rows. */
import {
  AsyncByteQueue,
  type Data,
  Dictionary,
  Field,
  Float64,
  Int32,
  makeData,
  RecordBatch,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import type { ReleaseFigure } from '../release/release-figures.ts';
import type { Batches } from './batches.ts';
import type { Column, NumberColumn, TextColumn } from './columns.ts';

/** `texts` has every text that a column may hold; `about` goes into the file's own metadata. */
export async function* asArrow(
  batches: Batches,
  columns: readonly Column[],
  texts: ReadonlyMap<string, readonly string[]>,
  about: ReadonlyMap<string, string>,
): AsyncGenerator<Uint8Array> {
  const encoders = columns.map((column) =>
    column.numeric ? numbers(column) : words(column, texts.get(column.name) ?? []),
  );
  const schema = new Schema(
    encoders.map(({ field }) => field),
    new Map(about),
  );
  const written = new Written();
  const writer = new RecordBatchStreamWriter();
  writer.reset(written, schema);
  yield* written.take();
  for await (const batch of batches) {
    const children = encoders.map(({ encode }) => encode(batch));
    const rows = makeData({ type: new Struct(schema.fields), length: batch.length, children });
    writer.write(new RecordBatch(schema, rows));
    yield* written.take();
  }
  writer.finish();
  yield* written.take();
}

interface Encoder {
  readonly field: Field;
  readonly encode: (batch: readonly ReleaseFigure[]) => Data;
}

function numbers({ name, of }: NumberColumn): Encoder {
  return {
    field: new Field(name, new Float64(), true),
    encode(batch) {
      const data = new Float64Array(batch.length);
      const nullBitmap = new Uint8Array(Math.ceil(batch.length / 8));
      let nullCount = 0;
      for (const [at, figure] of batch.entries()) {
        const value = of(figure);
        if (value === null) nullCount++;
        else {
          data[at] = value;
          nullBitmap[at >> 3] = (nullBitmap[at >> 3] ?? 0) | (1 << (at & 7));
        }
      }
      return makeData({ type: new Float64(), length: batch.length, nullCount, nullBitmap, data });
    },
  };
}

function words({ name, of }: TextColumn, texts: readonly string[]): Encoder {
  const type = new Dictionary(new Utf8(), new Int32());
  const dictionary = vectorFromArray([...texts], new Utf8());
  const places = new Map(texts.map((text, at) => [text, at]));
  return {
    field: new Field(name, type, false),
    encode(batch) {
      const data = Int32Array.from(batch, (figure) => places.get(of(figure)) ?? unknown(name));
      return makeData({ type, length: batch.length, nullCount: 0, data, dictionary });
    },
  };
}

/** A release is never changed, so a text that was not there a moment ago is a defect. */
function unknown(column: string): never {
  throw new Error(`the column ${column} holds a text that its dictionary has not`);
}

/** What the writer wrote since it was last taken; its own queue would not wait for a reader that is slow. */
class Written extends AsyncByteQueue {
  #chunks: Uint8Array[] = [];

  override write(chunk: Uint8Array): void {
    if (chunk.byteLength > 0) this.#chunks.push(chunk);
  }

  take(): readonly Uint8Array[] {
    const taken = this.#chunks;
    this.#chunks = [];
    return taken;
  }
}
