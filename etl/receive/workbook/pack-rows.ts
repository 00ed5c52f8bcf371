import type { Batch } from '../batch.ts';
import type { Refuse } from '../file-refused.ts';
import type { Limits } from '../limits.ts';
import { rowsInBatch } from '../text-window.ts';

export interface SheetRow {
  /** Some may be missing: a sheet does not write its empty cells. */
  readonly cells: readonly (string | undefined)[];
  readonly line: number;
}

/** Packs rows of text into the bytes of batches, over and over the same ones. */
export class RowPacker {
  readonly #columns: number;
  readonly #mostRows: number;
  readonly #limits: Limits;
  readonly #refuse: Refuse;
  readonly #bytes: Buffer;
  readonly #starts: Int32Array;
  readonly #ends: Int32Array;
  readonly #lines: Int32Array;

  constructor(columns: number, limits: Limits, refuse: Refuse) {
    this.#columns = columns;
    this.#mostRows = rowsInBatch(columns);
    this.#limits = limits;
    this.#refuse = refuse;
    this.#bytes = Buffer.alloc(limits.recordBytes + limits.windowBytes);
    this.#starts = new Int32Array(this.#mostRows * columns);
    this.#ends = new Int32Array(this.#mostRows * columns);
    this.#lines = new Int32Array(this.#mostRows);
  }

  *pack(rows: readonly SheetRow[]): Generator<Batch> {
    let packed = 0;
    let length = 0;
    for (const row of rows) {
      const size = this.#measure(row);
      if (packed === this.#mostRows || length + size > this.#bytes.length) {
        yield this.#batch(packed, length);
        packed = length = 0;
      }
      const first = packed * this.#columns;
      for (let column = 0; column < this.#columns; column++) {
        const cell = row.cells[column] ?? '';
        this.#starts[first + column] = length;
        length += this.#bytes.write(cell, length);
        this.#ends[first + column] = length;
      }
      this.#lines[packed++] = row.line;
    }
    if (packed > 0) yield this.#batch(packed, length);
  }

  #measure({ cells, line }: SheetRow): number {
    let size = 0;
    for (const [column, cell] of cells.entries()) {
      const bytes = cell === undefined ? 0 : Buffer.byteLength(cell);
      if (bytes > this.#limits.fieldBytes) {
        const words = `column ${column + 1} has a value longer than ${this.#limits.fieldBytes} bytes (${bytes})`;
        this.#refuse('TOO_LONG', line, words);
      }
      if (cell?.includes('\0') === true) this.#refuse('NUL_BYTE', line, `column ${column + 1} has a NUL`);
      size += bytes;
    }
    if (size > this.#limits.recordBytes)
      this.#refuse('TOO_LONG', line, `a row is longer than ${this.#limits.recordBytes} bytes (${size})`);
    return size;
  }

  #batch(rows: number, length: number): Batch {
    const bytes = this.#bytes.subarray(0, length);
    return {
      bytes,
      rows,
      columns: this.#columns,
      starts: this.#starts,
      ends: this.#ends,
      lines: this.#lines,
    };
  }
}
