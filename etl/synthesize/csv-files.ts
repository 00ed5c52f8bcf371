import { createHash, type Hash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const MOST_HELD = 1 << 15;

/** A file of comma-separated values that grows a row at a time, so that memory stays flat however many rows come. */
export class GrowingCsv {
  readonly path: string;
  readonly #hash: Hash = createHash('sha256');
  #rows = 0;
  /** Bytes, not text: a text put together of many pieces keeps all of them alive. A small set has many small files. */
  #held = Buffer.allocUnsafe(1024);
  #used = 0;
  #begun = false;

  constructor(path: string, columns: readonly string[]) {
    this.path = path;
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
    const room = 3 * line.length;
    if (this.#used + room > this.#held.length) this.#makeRoom(room);
    this.#used += this.#held.write(line, this.#used);
  }

  /** Holds more and more, up to a limit; from then on what is held goes out first. */
  #makeRoom(room: number): void {
    if (this.#held.length >= MOST_HELD) this.#flush();
    if (this.#used + room <= this.#held.length) return;
    const wider = Buffer.allocUnsafe(Math.max(this.#used + room, Math.min(MOST_HELD, 4 * this.#held.length)));
    wider.set(this.#held.subarray(0, this.#used));
    this.#held = wider;
  }

  #flush(): void {
    const bytes = this.#held.subarray(0, this.#used);
    this.#hash.update(bytes);
    if (!this.#begun) mkdirSync(dirname(this.path), { recursive: true });
    writeFileSync(this.path, bytes, { flag: this.#begun ? 'a' : 'w' });
    this.#begun = true;
    this.#used = 0;
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
