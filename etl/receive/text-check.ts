import { isAscii, isUtf8 } from 'node:buffer';
import type { Refuse } from './file-refused.ts';

const LF = 0x0a;
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

export const BOM_BYTES: number = BOM.length;

/** What `checkFront` needs to see at once. */
export const FRONT_BYTES = 4;

export function startsWithBom(bytes: Uint8Array): boolean {
  return bytes.length >= BOM.length && BOM.equals(bytes.subarray(0, BOM.length));
}

/** The front of a file tells when it is no UTF-8 text at all, which a later message would only puzzle over. */
export function checkFront(bytes: Uint8Array, refuse: Refuse): void {
  const [first, second, third, fourth] = bytes;
  const starts = (...expected: number[]): boolean => expected.every((byte, index) => bytes[index] === byte);
  if (starts(0xff, 0xfe) || starts(0xfe, 0xff)) refuse('ENCODING', 1, 'is UTF-16', SAVE_AS);
  if ((first === 0) !== (second === 0) && (third === 0) !== (fourth === 0))
    refuse('ENCODING', 1, 'looks like UTF-16 without a byte order mark', SAVE_AS);
  if (starts(0x1f, 0x8b)) refuse('COMPRESSION', undefined, 'is compressed with gzip', SAY_SO);
  if (starts(0x28, 0xb5, 0x2f, 0xfd)) refuse('COMPRESSION', undefined, 'is compressed with zstd', SAY_SO);
  if (starts(0x50, 0x4b, 0x03, 0x04)) refuse('ENCODING', undefined, 'is a zip or a workbook, not text');
}

/**
 * UTF-8 without NUL and without a byte order mark, from `from` up to the last whole character before `end`. Answers
 * how far it has looked. `line` is the line at `from`, for the message.
 */
export function checkText(
  bytes: Uint8Array,
  from: number,
  end: number,
  last: boolean,
  lineAt: (offset: number) => number,
  refuse: Refuse,
): number {
  const part = Buffer.from(bytes.buffer, bytes.byteOffset + from, end - from);
  const nul = part.indexOf(0);
  if (nul !== -1)
    refuse('NUL_BYTE', lineAt(from + nul), 'has a NUL byte', 'export the file again as UTF-8 text');
  if (isAscii(part)) return end;

  const whole = last ? part : part.subarray(0, part.length - cutCharacter(part));
  if (!isUtf8(whole)) {
    refuse(
      'ENCODING',
      lineAt(from + firstBadLine(whole)),
      'is not UTF-8 (perhaps Latin-1 or Windows-1252)',
      SAVE_AS,
    );
  }
  const mark = whole.indexOf(BOM);
  if (mark !== -1) {
    refuse(
      'ENCODING',
      lineAt(from + mark),
      'has a byte order mark in the middle',
      'join files without their marks',
    );
  }
  return from + whole.length;
}

/** Bytes at the end that begin a character and do not finish it. */
function cutCharacter(part: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, part.length); back++) {
    const byte = part[part.length - back] as number;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return back < length ? back : 0;
    }
  }
  return 0;
}

/** A line feed is never part of a longer character, so that a line is wrong or right by itself. */
function firstBadLine(part: Buffer): number {
  let start = 0;
  for (;;) {
    const end = part.indexOf(LF, start);
    if (end === -1 || !isUtf8(part.subarray(start, end))) return start;
    start = end + 1;
  }
}

export function countLines(bytes: Uint8Array, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at++) if (bytes[at] === LF) count++;
  return count;
}

const SAVE_AS = 'save it as UTF-8';
const SAY_SO = 'say so in the manifest, under compression';
