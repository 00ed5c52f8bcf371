import type { Batch } from './batch.ts';
import { type ByteStream, fill } from './byte-stream.ts';
import type { Refuse } from './file-refused.ts';
import type { Limits } from './limits.ts';
import { BOM_BYTES, checkFront, checkText, countLines, FRONT_BYTES, startsWithBom } from './text-check.ts';

/** Bytes that a scanner may write behind the end of its input, to stop its loops there. */
const SPARE = 2;

/** Finds the records of one form of text. The arrays hold the fields of the rows of the last scan. */
export interface RecordScanner {
  readonly columns: number;
  readonly rows: number;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly lines: Int32Array;
  /** The line on which the next record begins. */
  readonly line: number;
  /**
   * Scans bytes[from..end) and answers where the next record begins; one that is not complete is left for a scan
   * that has more of it. With `last`, what ends at `end` is complete. May write two bytes behind the end.
   */
  scan(bytes: Uint8Array, from: number, end: number, last: boolean): number;
  /** Refuses a record that was left in the middle, when no more of it can come or be held. */
  incomplete(length: number, last: boolean): never;
}

/** Enough for the arrays to be worth their call, and few enough to stay in the processor's cache. */
const FIELDS_IN_BATCH = 1 << 16;

export function rowsInBatch(columns: number): number {
  return Math.max(1, Math.floor(FIELDS_IN_BATCH / columns));
}

export async function* batchesOf(window: TextWindow, scanner: RecordScanner): AsyncGenerator<Batch> {
  while (await window.scanSome(scanner)) {
    const { rows, columns, starts, ends, lines } = scanner;
    yield { bytes: window.bytes, rows, columns, starts, ends, lines };
  }
}

/** The stretch of a file that is held: what is left of the last scan, and a window of fresh bytes behind it. */
export class TextWindow {
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
  async scanSome(scanner: RecordScanner): Promise<boolean> {
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
