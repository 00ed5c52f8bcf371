import type { Refuse } from '../file-refused.ts';
import type { Limits } from '../limits.ts';
import type { RecordScanner } from '../text-window.ts';

const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;

/** Cuts lines of one length at fixed places and leaves the spaces around each field away. */
export class FixedWidthScanner implements RecordScanner {
  readonly columns: number;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly lines: Int32Array;
  rows = 0;
  line = 1;

  readonly #widths: Int32Array;
  readonly #width: number;
  readonly #mostRows: number;
  readonly #limits: Limits;
  readonly #refuse: Refuse;

  constructor(widths: readonly number[], mostRows: number, limits: Limits, refuse: Refuse) {
    this.columns = widths.length;
    this.#widths = Int32Array.from(widths);
    this.#width = widths.reduce((sum, width) => sum + width, 0);
    this.#mostRows = mostRows;
    this.#limits = limits;
    this.#refuse = refuse;
    this.starts = new Int32Array(mostRows * widths.length);
    this.ends = new Int32Array(mostRows * widths.length);
    this.lines = new Int32Array(mostRows);
  }

  /** A line feed behind the end stops the search for one. */
  scan(bytes: Uint8Array, from: number, end: number, last: boolean): number {
    bytes[end] = LF;
    const ended = last && bytes[end - 1] !== LF;
    let next = from;
    this.rows = 0;
    while (this.rows < this.#mostRows && next < end) {
      let p = next;
      while (bytes[p] !== LF) p++;
      if (p === end && !ended) break;
      const returned = p < end && p > next && bytes[p - 1] === CR;
      this.#cut(bytes, next, returned ? p - 1 : p);
      this.lines[this.rows++] = this.line++;
      next = p + 1;
    }
    return Math.min(next, end);
  }

  incomplete(length: number): never {
    this.#refuse(
      'TOO_LONG',
      this.line,
      `a record is longer than ${this.#limits.recordBytes} bytes (${length} so far)`,
    );
  }

  #cut(bytes: Uint8Array, from: number, end: number): void {
    if (end - from !== this.#width)
      this.#refuse('WIDTH', this.line, `is ${end - from} bytes long where the layout has ${this.#width}`);
    let at = this.rows * this.columns;
    let fieldEnd = from;
    for (const width of this.#widths) {
      let start = fieldEnd;
      fieldEnd += width;
      if (((bytes[start] as number) & 0xc0) === 0x80) this.#refuse('WIDTH', this.line, SPLITS);
      let stop = fieldEnd;
      while (start < stop && bytes[start] === SPACE) start++;
      while (stop > start && bytes[stop - 1] === SPACE) stop--;
      this.starts[at] = start;
      this.ends[at++] = stop;
    }
    const lone = bytes.subarray(from, end).indexOf(CR);
    if (lone !== -1) this.#refuse('LINE_BREAK', this.line, 'has a carriage return without a line feed');
  }
}

const SPLITS = 'has a character that the layout cuts in two: widths count bytes';
