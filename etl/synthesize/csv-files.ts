import { createHash, type Hash } from 'node:crypto';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const HELD = 1 << 15;

/** A file of comma-separated values that grows a row at a time, so that memory stays flat however many rows come. */
export class GrowingCsv {
  readonly path: string;
  readonly #hash: Hash = createHash('sha256');
  #rows = 0;
  /** Bytes, not text: a text put together of many pieces keeps all of them alive. */
  readonly #held = Buffer.allocUnsafe(HELD);
  #used = 0;

  constructor(path: string, columns: readonly string[]) {
    this.path = path;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, '');
    this.#write(`${columns.join(',')}\n`);
  }

  add(cells: readonly string[]): void {
    this.#write(csvLine(cells));
    this.#rows++;
  }

  close(): ClosedFile {
    this.#flush();
    return { path: this.path, rows: this.#rows, sha256: this.#hash.digest('hex') };
  }

  #write(line: string): void {
    // No character takes more than three bytes for each of its units.
    if (this.#used + 3 * line.length > HELD) this.#flush();
    if (3 * line.length > HELD) return this.#append(Buffer.from(line, 'utf8'));
    this.#used += this.#held.write(line, this.#used);
  }

  #flush(): void {
    this.#append(this.#held.subarray(0, this.#used));
    this.#used = 0;
  }

  #append(bytes: Uint8Array): void {
    this.#hash.update(bytes);
    appendFileSync(this.path, bytes);
  }
}

export interface ClosedFile {
  readonly path: string;
  readonly rows: number;
  readonly sha256: string;
}

/** Files by what they hold and by night. None stays open, as a state has more of them than a process may open. */
export class CsvFiles<Of> {
  readonly #files = new Map<Of, GrowingCsv[]>();
  readonly #inOrder: GrowingCsv[] = [];

  /** The file of one night; `path` and `columns` are asked when it is new. */
  of(what: Of, night: number, path: () => string, columns: () => readonly string[]): GrowingCsv {
    let nights = this.#files.get(what);
    if (nights === undefined) this.#files.set(what, (nights = []));
    let file = nights[night];
    if (file === undefined) {
      nights[night] = file = new GrowingCsv(path(), columns());
      this.#inOrder.push(file);
    }
    return file;
  }

  /** In the order in which the first row of each came. */
  close(): readonly ClosedFile[] {
    return this.#inOrder.map((file) => file.close());
  }
}

function csvLine(cells: readonly string[]): string {
  let line = '';
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i] as string;
    if (i > 0) line += ',';
    line += /[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
  }
  return `${line}\n`;
}
