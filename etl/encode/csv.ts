import { Refused } from '../../src/errors.ts';

/** Rows of a piece of CSV (RFC 4180) with the line on which each starts. */
export interface CsvRows {
  readonly rows: readonly (readonly string[])[];
  readonly lines: readonly number[];
}

const DECODER = new TextDecoder('utf-8', { fatal: true });

export function decodeText(bytes: Uint8Array, firstLine: number): string {
  try {
    return DECODER.decode(bytes);
  } catch {
    throw new Refused('CSV_ENCODING', `from line ${firstLine} on there are bytes that are not UTF-8`, {
      remedy: 'save the file as CSV in UTF-8',
    });
  }
}

/** Parses whole rows. Every row must have `width` cells when it is given; blank lines are passed over. */
export function parseCsv(text: string, firstLine = 1, width?: number): CsvRows {
  const rows: string[][] = [];
  const lines: number[] = [];
  let line = firstLine;
  let at = 0;
  while (at < text.length) {
    const started = line;
    let end = text.indexOf('\n', at);
    if (end === -1) end = text.length;
    const stop = end > at && text.charCodeAt(end - 1) === 13 ? end - 1 : end;
    const plain = text.slice(at, stop);
    let row: string[];
    if (plain.includes('"')) {
      const quoted = quotedRow(text, at, started);
      row = quoted.row;
      at = quoted.next;
      line += quoted.newlines;
    } else {
      row = plain.split(',');
      at = end + 1;
      line++;
    }
    if (row.length === 1 && row[0] === '') continue;
    if (width !== undefined && row.length !== width)
      throw new Refused('CSV_WIDTH', `line ${started} has ${row.length} cells where the header has ${width}`);
    rows.push(row);
    lines.push(started);
  }
  return { rows, lines };
}

function quotedRow(
  text: string,
  from: number,
  line: number,
): { row: string[]; next: number; newlines: number } {
  const row: string[] = [];
  let at = from;
  let newlines = 0;
  for (;;) {
    let cell = '';
    if (text.charAt(at) === '"') {
      at++;
      for (;;) {
        const quote = text.indexOf('"', at);
        if (quote === -1)
          throw new Refused('CSV_QUOTE', `the quote that opens on line ${line} is never closed`);
        const piece = text.slice(at, quote);
        for (let i = piece.indexOf('\n'); i !== -1; i = piece.indexOf('\n', i + 1)) newlines++;
        cell += piece;
        at = quote + 1;
        if (text.charAt(at) !== '"') break;
        cell += '"';
        at++;
      }
    }
    const start = at;
    while (at < text.length && text.charAt(at) !== ',' && text.charAt(at) !== '\n') at++;
    cell += text.slice(
      start,
      at > start && text.charAt(at) !== ',' && text.charAt(at - 1) === '\r' ? at - 1 : at,
    );
    row.push(cell);
    if (text.charAt(at) !== ',') return { row, next: at + 1, newlines: newlines + 1 };
    at++;
  }
}

/** Cuts a stream of bytes into batches that end between rows, so that each can be parsed alone. */
export async function* batches(
  chunks: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<{ bytes: Uint8Array; firstLine: number }> {
  let kept: Uint8Array[] = [];
  let keptBytes = 0;
  let line = 1;
  let inQuotes = false;
  for await (const chunk of chunks) {
    const { boundary, openAtEnd } = lastBoundary(chunk, inQuotes);
    inQuotes = openAtEnd;
    if (boundary === -1 || keptBytes + boundary < size) {
      kept.push(chunk);
      keptBytes += chunk.length;
      if (keptBytes > 64 * size)
        throw new Refused('CSV_QUOTE', `from line ${line} on no row ends: a quote is never closed`);
      continue;
    }
    const bytes = Buffer.concat([...kept, chunk.subarray(0, boundary)]);
    yield { bytes, firstLine: line };
    line += countNewlines(bytes);
    kept = [chunk.subarray(boundary)];
    keptBytes = chunk.length - boundary;
  }
  if (keptBytes > 0) yield { bytes: Buffer.concat(kept), firstLine: line };
}

const QUOTE = 34;
const NEWLINE = 10;

/** The place after the last newline outside quotes, and whether the chunk ends inside quotes. */
function lastBoundary(chunk: Uint8Array, startsOpen: boolean): { boundary: number; openAtEnd: boolean } {
  if (!startsOpen && chunk.indexOf(QUOTE) === -1)
    return { boundary: chunk.lastIndexOf(NEWLINE) + 1 || -1, openAtEnd: false };
  let open = startsOpen;
  let boundary = -1;
  for (let i = 0; i < chunk.length; i++) {
    const byte = chunk[i];
    if (byte === QUOTE) open = !open;
    else if (byte === NEWLINE && !open) boundary = i + 1;
  }
  return { boundary, openAtEnd: open };
}

function countNewlines(bytes: Uint8Array): number {
  let count = 0;
  for (let i = bytes.indexOf(NEWLINE); i !== -1; i = bytes.indexOf(NEWLINE, i + 1)) count++;
  return count;
}
