import { createHash, type Hash } from 'node:crypto';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const FLUSH_AT = 1 << 16;

/** A file that grows a piece at a time, so that memory stays flat however many rows come. */
class GrowingFile {
  readonly path: string;
  readonly hash: Hash = createHash('sha256');
  rows = 0;
  #pending = '';

  constructor(path: string, header: string) {
    this.path = path;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, '');
    this.#pending = header;
  }

  add(line: string): void {
    this.#pending += line;
    this.rows++;
    if (this.#pending.length > FLUSH_AT) this.flush();
  }

  flush(): void {
    if (this.#pending === '') return;
    const bytes = Buffer.from(this.#pending, 'utf8');
    this.hash.update(bytes);
    appendFileSync(this.path, bytes);
    this.#pending = '';
  }
}

export interface ClosedFile {
  readonly path: string;
  readonly rows: number;
  readonly sha256: string;
}

/** Files of comma-separated values by path. No file stays open, as a state has more of them than a process may open. */
export class CsvFiles {
  readonly #files = new Map<string, GrowingFile>();

  add(path: string, columns: readonly string[], cells: readonly string[]): void {
    let file = this.#files.get(path);
    if (file === undefined) {
      file = new GrowingFile(path, `${columns.join(',')}\n`);
      this.#files.set(path, file);
    }
    file.add(csvLine(cells));
  }

  close(): readonly ClosedFile[] {
    return [...this.#files.values()].map((file) => {
      file.flush();
      return { path: file.path, rows: file.rows, sha256: file.hash.digest('hex') };
    });
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
