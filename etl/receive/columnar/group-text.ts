import { isAscii, isUtf8 } from 'node:buffer';
import type { Refuse } from '../file-refused.ts';
import type { Limits } from '../limits.ts';
import type { Group, GroupColumn } from './group.ts';

/** A column as it is being written. */
interface Column extends GroupColumn {
  written: number;
}

const leastBytes = 1 << 16;

/** Writes the rows of one group of a columnar file as contract text. */
export class GroupText {
  #bytes: Buffer<ArrayBuffer> = Buffer.allocUnsafeSlow(leastBytes);
  #length = 0;
  #rows = 0;
  #firstRow = 1;
  #columns: Column[] = [];
  #current: Column = { start: 0, ends: new Int32Array(0), written: 0 };

  readonly #limits: Limits;
  readonly #refuse: Refuse;

  constructor(limits: Limits, refuse: Refuse) {
    this.#limits = limits;
    this.#refuse = refuse;
  }

  /** Starts the next group. */
  begin(rows: number): void {
    if (rows > this.#limits.groupRows)
      this.#refuse(
        'TOO_LARGE',
        this.#firstRow,
        `a group has more than ${this.#limits.groupRows} rows`,
        SMALLER,
      );
    this.#firstRow += this.#rows;
    this.#rows = rows;
    this.#length = 0;
    this.#columns = [];
  }

  beginColumn(): void {
    this.#current = { start: this.#length, ends: new Int32Array(this.#rows), written: 0 };
    this.#columns.push(this.#current);
  }

  empty(): void {
    this.#current.ends[this.#current.written++] = this.#length;
  }

  bytes(value: Uint8Array): void {
    if (value.length > this.#limits.fieldBytes) this.#tooLong(value.length);
    this.#reserve(value.length);
    this.#bytes.set(value, this.#length);
    this.#length += value.length;
    this.empty();
  }

  text(value: string): void {
    if (value.length > this.#limits.fieldBytes) this.#tooLong(value.length);
    this.#reserve(value.length * 3);
    this.#length += this.#bytes.write(value, this.#length);
    this.empty();
  }

  /** A column has a value for every row, and its text is text. */
  endColumn(): void {
    const { start, written } = this.#current;
    if (written !== this.#rows)
      this.#refuse('COLUMN_TYPE', undefined, `column ${this.#number} has no value for every row`);
    const text = this.#bytes.subarray(start, this.#length);
    if (text.includes(0)) this.#refuse('NUL_BYTE', undefined, `column ${this.#number} has a NUL byte`);
    if (!isAscii(text) && !(isUtf8(text) && this.#startsWhole()))
      this.#refuse('ENCODING', undefined, `column ${this.#number} has text that is not UTF-8`);
  }

  /** The group as it was written. Its memory goes with it, so that it can be handed to another thread. */
  handOver(): Group {
    const group = { bytes: this.#bytes, rows: this.#rows, firstRow: this.#firstRow, columns: this.#columns };
    this.#bytes = Buffer.allocUnsafeSlow(leastBytes);
    return group;
  }

  get #number(): number {
    return this.#columns.length;
  }

  /** Values that are whole only together would pass as one text. */
  #startsWhole(): boolean {
    let start = this.#current.start;
    for (const end of this.#current.ends) {
      if (start < end && ((this.#bytes[start] as number) & 0xc0) === 0x80) return false;
      start = end;
    }
    return true;
  }

  #reserve(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#bytes.length) return;
    if (needed > this.#limits.groupTextBytes)
      this.#refuse('TOO_LARGE', this.#firstRow, 'a group holds more text than fits into memory', SMALLER);
    const larger = Buffer.allocUnsafeSlow(
      Math.min(this.#limits.groupTextBytes, Math.max(needed, this.#bytes.length * 2)),
    );
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }

  #tooLong(length: number): never {
    const row = this.#firstRow + this.#current.written;
    const words = `column ${this.#number} has a value longer than ${this.#limits.fieldBytes} bytes (${length})`;
    this.#refuse('TOO_LONG', row, words);
  }
}

const SMALLER = 'write smaller row groups or record batches';
