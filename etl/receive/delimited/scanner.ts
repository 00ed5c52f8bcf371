import type { Refuse } from '../file-refused.ts';
import type { Limits } from '../limits.ts';
import type { RecordScanner } from '../text-window.ts';

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;

/** Finds records and fields of RFC 4180 in bytes, without making a string of any. */
export class Scanner implements RecordScanner {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly lines: Int32Array;
  readonly columns: number;
  rows = 0;
  line: number;
  /** Fields of the last record, where their number is not yet known. */
  lastFields = 0;

  /** Where a record was left for want of bytes, the line of a quote that was still open there. */
  #openQuote: number | undefined;
  readonly #exact: boolean;
  readonly #mostRows: number;
  readonly #delimiter: number;
  readonly #special: Uint8Array;
  readonly #limits: Limits;
  readonly #refuse: Refuse;
  /** Fields in which a doubled quote stands for one. */
  readonly #doubled: number[] = [];

  constructor(options: {
    readonly columns: number;
    /** Every record has exactly that many fields; otherwise that is the most. */
    readonly exact: boolean;
    readonly mostRows: number;
    readonly line: number;
    readonly delimiter: number;
    readonly limits: Limits;
    readonly refuse: Refuse;
  }) {
    this.columns = options.columns;
    this.line = options.line;
    this.#exact = options.exact;
    this.#mostRows = options.mostRows;
    this.#delimiter = options.delimiter;
    this.#limits = options.limits;
    this.#refuse = options.refuse;
    this.#special = new Uint8Array(256);
    for (const byte of [options.delimiter, LF, CR, QUOTE]) this.#special[byte] = 1;
    this.starts = new Int32Array(options.mostRows * options.columns);
    this.ends = new Int32Array(options.mostRows * options.columns);
    this.lines = new Int32Array(options.mostRows);
  }

  /** A quote behind the end stops every inner loop, so that none has to look where it is. */
  scan(bytes: Uint8Array, from: number, end: number, last: boolean): number {
    const special = this.#special;
    const delimiter = this.#delimiter;
    const { starts, ends, lines, columns } = this;
    const mostRows = this.#mostRows;
    const unended = last && end > from && bytes[end - 1] !== LF;
    const stop = unended ? end + 1 : end;
    if (unended) bytes[end] = LF;
    bytes[stop] = QUOTE;

    let p = from;
    let at = 0;
    let row = 0;
    let line = this.line;
    let next = from;
    this.#openQuote = undefined;
    this.#doubled.length = 0;

    rows: while (row < mostRows && p < stop) {
      const rowStart = p;
      const lastField = at + columns - 1;
      let breaks = 0;
      for (;;) {
        let byte = bytes[p] as number;
        if (byte === QUOTE) {
          if (p >= stop) break rows;
          const start = ++p;
          let doubled = false;
          const opened = line + breaks;
          for (;;) {
            while ((byte = bytes[p] as number) !== QUOTE) {
              if (byte === LF) breaks++;
              p++;
            }
            if (p >= stop) {
              this.#openQuote = opened;
              break rows;
            }
            if (p + 1 >= stop) break rows;
            byte = bytes[p + 1] as number;
            if (byte !== QUOTE) break;
            doubled = true;
            p += 2;
          }
          starts[at] = start;
          ends[at] = p;
          if (doubled) this.#doubled.push(at);
          p++;
          if (byte !== delimiter && byte !== LF && byte !== CR) this.#afterQuote(line, at % columns);
        } else {
          starts[at] = p;
          while (special[byte] === 0) byte = bytes[++p] as number;
          ends[at] = p;
          if (byte === QUOTE) {
            if (p >= stop) break rows;
            this.#insideQuote(line, at % columns);
          }
        }
        if (byte === delimiter) {
          if (at === lastField) this.#tooMany(line);
          at++;
          p++;
          continue;
        }
        if (byte === CR) {
          if (p + 1 >= stop) break rows;
          p++;
          if (bytes[p] !== LF || p === end) this.#loneReturn(line, at % columns);
        }
        p++;
        break;
      }
      if (at !== lastField && this.#exact) this.#tooFew(line, (at % columns) + 1, p - rowStart);
      this.lastFields = (at % columns) + 1;
      at = lastField + 1;
      if (p - rowStart > this.#limits.fieldBytes) this.#measure(line, at - columns, p - rowStart);
      lines[row++] = line;
      line += 1 + breaks;
      next = p;
    }
    this.rows = row;
    this.line = line;
    for (const field of this.#doubled) if (field < row * columns) this.#undouble(bytes, field);
    return Math.min(next, end);
  }

  incomplete(length: number, last: boolean): never {
    if (last) this.#refuse('QUOTE', this.#openQuote, 'a quote is opened and never closed');
    const words = `a record is longer than ${this.#limits.recordBytes} bytes (${length} so far)`;
    const quote =
      this.#openQuote === undefined
        ? ''
        : `; the quote opened on line ${this.#openQuote} may never be closed`;
    this.#refuse('TOO_LONG', this.line, `${words}${quote}`);
  }

  #undouble(bytes: Uint8Array, field: number): void {
    const end = this.ends[field] as number;
    let to = this.starts[field] as number;
    for (let from = to; from < end; from++) {
      const byte = bytes[from] as number;
      bytes[to++] = byte;
      if (byte === QUOTE) from++;
    }
    this.ends[field] = to;
  }

  #measure(line: number, first: number, length: number): void {
    const { fieldBytes, recordBytes } = this.#limits;
    if (length > recordBytes) {
      this.#refuse('TOO_LONG', line, `a record is longer than ${recordBytes} bytes (${length})`);
    }
    for (let field = 0; field < this.lastFields; field++) {
      const size = (this.ends[first + field] as number) - (this.starts[first + field] as number);
      if (size > fieldBytes)
        this.#refuse('TOO_LONG', line, `field ${field + 1} is longer than ${fieldBytes} bytes (${size})`);
    }
  }

  #afterQuote(line: number, field: number): never {
    this.#refuse('QUOTE', line, `field ${field + 1} goes on after its closing quote`, DOUBLE_IT);
  }

  #insideQuote(line: number, field: number): never {
    this.#refuse('QUOTE', line, `field ${field + 1} has a quote inside and is not quoted itself`, DOUBLE_IT);
  }

  #loneReturn(line: number, field: number): never {
    this.#refuse('LINE_BREAK', line, `a carriage return without a line feed follows field ${field + 1}`);
  }

  #tooMany(line: number): never {
    const { columns } = this;
    if (this.#exact) this.#refuse('FIELDS', line, `more fields than the header has (${columns})`);
    this.#refuse('HEADER', line, `more than ${columns} columns`);
  }

  #tooFew(line: number, fields: number, length: number): never {
    const found = length <= 2 ? 'an empty line' : `${fields} ${fields === 1 ? 'field' : 'fields'}`;
    this.#refuse('FIELDS', line, `${found} where the header has ${this.columns}`);
  }
}

const DOUBLE_IT = 'write a quote inside a quoted field twice';
