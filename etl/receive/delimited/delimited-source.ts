import type { Batch, RowSource } from '../batch.ts';
import { type ByteStream, fill } from '../byte-stream.ts';
import { readColumnNames } from '../column-names.ts';
import type { Refuse } from '../file-refused.ts';
import type { Limits } from '../limits.ts';
import { BOM_BYTES, checkFront, checkText, countLines, FRONT_BYTES, startsWithBom } from '../text-check.ts';
import { Scanner, SPARE } from './scanner.ts';

/** Enough for the arrays to be worth their call, and few enough to stay in the processor's cache. */
const FIELDS_IN_BATCH = 1 << 16;

/** Opens a file of delimited text whose first record names its columns. */
export async function openDelimited(
  stream: ByteStream,
  options: { readonly delimiter: ',' | '|'; readonly limits: Limits; readonly refuse: Refuse },
): Promise<RowSource> {
  const { limits, refuse } = options;
  const delimiter = options.delimiter.charCodeAt(0);
  const window = new TextWindow(stream, limits, refuse);
  const header = new Scanner({
    columns: limits.columns,
    exact: false,
    mostRows: 1,
    line: 1,
    delimiter,
    limits,
    refuse,
  });
  await window.scanSome(header);
  if (header.rows === 0)
    refuse('EMPTY_FILE', undefined, 'is empty: not even a header', 'send the header alone');
  const columns = readColumnNames(window.bytes, header, header.lastFields, limits, refuse);
  const mostRows = Math.max(1, Math.floor(FIELDS_IN_BATCH / columns.length));
  const scanner = new Scanner({
    columns: columns.length,
    exact: true,
    mostRows,
    line: header.line,
    delimiter,
    limits,
    refuse,
  });
  return { columns, batches: () => batchesOf(window, scanner) };
}

async function* batchesOf(window: TextWindow, scanner: Scanner): AsyncGenerator<Batch> {
  while (await window.scanSome(scanner)) {
    const { rows, columns, starts, ends, lines } = scanner;
    yield { bytes: window.bytes, rows, columns, starts, ends, lines };
  }
}

/** The stretch of a file that is held: what is left of the last scan, and a window of fresh bytes behind it. */
class TextWindow {
  readonly bytes: Uint8Array;
  readonly #stream: ByteStream;
  readonly #limits: Limits;
  readonly #refuse: Refuse;
  #from = 0;
  #end = 0;
  #checked = 0;
  #last = false;
  #begun = false;

  constructor(stream: ByteStream, limits: Limits, refuse: Refuse) {
    this.#stream = stream;
    this.#limits = limits;
    this.#refuse = refuse;
    this.bytes = new Uint8Array(limits.recordBytes + Math.max(limits.windowBytes, FRONT_BYTES) + SPARE);
  }

  /** Scans the next rows, at least one; false when there are none. */
  async scanSome(scanner: Scanner): Promise<boolean> {
    for (;;) {
      if (this.#from < this.#end) {
        this.#from = scanner.scan(this.bytes, this.#from, this.#end, this.#last);
        if (scanner.rows > 0) return true;
        const left = this.#end - this.#from;
        if (this.#last || left > this.#limits.recordBytes) scanner.incomplete(left, this.#last);
      }
      if (this.#last) return false;
      await this.#refill(scanner.line);
    }
  }

  async #refill(line: number): Promise<void> {
    const { bytes } = this;
    bytes.copyWithin(0, this.#from, this.#end);
    this.#checked -= this.#from;
    this.#end -= this.#from;
    this.#from = 0;
    const wanted = this.#begun ? this.#limits.windowBytes : Math.max(this.#limits.windowBytes, FRONT_BYTES);
    const space = bytes.subarray(this.#end, this.#end + wanted);
    const fresh = await fill(this.#stream, space);
    this.#last = fresh < space.length;
    this.#end += fresh;
    if (!this.#begun) this.#begin();
    const lineAt = (offset: number): number => line + countLines(bytes, this.#from, offset);
    this.#checked = checkText(bytes, this.#checked, this.#end, this.#last, lineAt, this.#refuse);
  }

  #begin(): void {
    this.#begun = true;
    const front = this.bytes.subarray(0, this.#end);
    checkFront(front, this.#refuse);
    if (startsWithBom(front)) this.#from = this.#checked = BOM_BYTES;
  }
}
