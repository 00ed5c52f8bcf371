import type { Refuse } from '../file-refused.ts';
import type { Limits } from '../limits.ts';
import { cellNumber } from './cell-text.ts';
import type { SheetRow } from './pack-rows.ts';
import { controls, TextCollector, type Workbook } from './workbook.ts';
import { attribute, type XmlHandler } from './xml-scanner.ts';

/** Collects the rows of a sheet as their XML passes; rows in which nothing is written are no rows. */
export class SheetRows implements XmlHandler {
  readonly #book: Workbook;
  readonly #limits: Limits;
  readonly #refuse: Refuse;
  readonly #inline: TextCollector;
  #rows: SheetRow[] = [];
  #cells: (string | undefined)[] = [];
  #filled = false;
  #line = 0;
  #column = -1;
  #type = '';
  #style = 0;
  #value: string | undefined;
  #inValue = false;
  #inInline = false;

  constructor(book: Workbook, limits: Limits, refuse: Refuse) {
    this.#book = book;
    this.#limits = limits;
    this.#refuse = refuse;
    this.#inline = new TextCollector('is', (text) => this.#put(text));
  }

  /** The rows since the last call. */
  take(): SheetRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  open(name: string, attributes: string): void {
    if (this.#inInline) this.#inline.open(name);
    else if (name === 'v') {
      this.#inValue = true;
      this.#value = '';
    } else if (name === 'c') this.#openCell(attributes);
    else if (name === 'row') {
      this.#line = this.#place(attribute(attributes, 'r'), this.#line + 1);
      this.#cells = [];
      this.#column = -1;
      this.#filled = false;
    } else if (name === 'is') {
      this.#inInline = true;
      this.#inline.open(name);
    }
  }

  text(text: string): void {
    if (this.#inValue) {
      this.#value += text;
      if ((this.#value?.length ?? 0) > this.#limits.fieldBytes)
        this.#refuse('TOO_LONG', this.#line, `column ${this.#column + 1} has a value without end`);
    } else if (this.#inInline) this.#inline.text(text);
  }

  close(name: string): void {
    if (this.#inInline) {
      this.#inline.close(name);
      if (name === 'is') this.#inInline = false;
    } else if (name === 'v') {
      this.#inValue = false;
      this.#put(this.#meaning(this.#value ?? ''));
    } else if (name === 'row' && this.#filled) this.#rows.push({ cells: this.#cells, line: this.#line });
  }

  #openCell(attributes: string): void {
    const letters = /^[A-Z]{1,3}(?=\d)/.exec(attribute(attributes, 'r') ?? '')?.[0];
    this.#column = letters === undefined ? this.#column + 1 : columnOf(letters);
    if (this.#column >= this.#limits.columns)
      this.#refuse('HEADER', this.#line, `more than ${this.#limits.columns} columns`);
    this.#type = attribute(attributes, 't') ?? 'n';
    this.#style = Number(attribute(attributes, 's') ?? 0);
  }

  #put(text: string): void {
    if (text === '') return;
    this.#filled = true;
    this.#cells[this.#column] = text;
  }

  #meaning(value: string): string {
    switch (this.#type) {
      case 's':
        return this.#book.sharedTexts[Number(value)] ?? this.#unreadable('a text that is not there');
      case 'b':
        return value === '1' ? 'true' : 'false';
      case 'n': {
        if (value === '') return '';
        const form = this.#book.forms[this.#style] ?? 'number';
        return cellNumber(value, form, this.#book.from1904) ?? this.#unreadable('a number that is none');
      }
      // The last result of a formula, a day in ISO form, and the name of an error.
      case 'str':
      case 'd':
      case 'e':
        return controls(value);
      default:
        return this.#unreadable('a value of an unknown kind');
    }
  }

  #unreadable(what: string): never {
    this.#refuse('WORKBOOK', this.#line, `column ${this.#column + 1} has ${what}`);
  }

  #place(written: string | undefined, next: number): number {
    const line = written === undefined ? next : Number(written);
    if (Number.isSafeInteger(line) && line >= next) return line;
    return this.#refuse('WORKBOOK', this.#line, 'the rows of the sheet are out of order');
  }
}

/** A is 0, Z is 25, AA is 26. */
function columnOf(letters: string): number {
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}
