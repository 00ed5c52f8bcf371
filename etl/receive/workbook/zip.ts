import zlib from 'node:zlib';
import { fill } from '../byte-stream.ts';
import type { Refuse } from '../file-refused.ts';
import { inflate, PIECE, weigh } from '../inflate.ts';
import type { Limits } from '../limits.ts';
import { bytesOf, type StoredBytes } from '../stored-file.ts';

/** One entry of the zip that a workbook is. */
export interface ZipEntry {
  readonly name: string;
  readonly deflated: boolean;
  readonly stored: number;
  readonly size: number;
  readonly crc: number;
  readonly header: number;
}

const END = 0x06054b50;
const END_BYTES = 22;
const COMMENT_BYTES = 0xffff;
const ENTRY = 0x02014b50;
const ENTRY_BYTES = 46;
const LOCAL = 0x04034b50;
const LOCAL_BYTES = 30;

/** The table of contents at the end of a zip; what it does not list is not there. */
export async function zipEntries(
  handle: StoredBytes,
  stored: number,
  limits: Limits,
  refuse: Refuse,
): Promise<ReadonlyMap<string, ZipEntry>> {
  const damaged = (): never => refuse('WORKBOOK', undefined, 'is no workbook, or a damaged one', SAVE_AGAIN);
  const tail = await part(handle, Math.max(0, stored - END_BYTES - COMMENT_BYTES), stored);
  const end = tail.lastIndexOf(signature(END));
  if (end === -1 || end + END_BYTES > tail.length) return damaged();
  const count = tail.readUInt16LE(end + 10);
  const size = tail.readUInt32LE(end + 12);
  const start = tail.readUInt32LE(end + 16);
  if (count > limits.zipEntries || size > limits.metadataBytes)
    return refuse('WORKBOOK', undefined, `has more than ${limits.zipEntries} parts`);
  if (start + size > stored) return damaged();

  const table = await part(handle, start, start + size);
  const entries = new Map<string, ZipEntry>();
  let at = 0;
  for (let index = 0; index < count; index++) {
    if (at + ENTRY_BYTES > table.length || table.readUInt32LE(at) !== ENTRY) return damaged();
    const nameEnd = at + ENTRY_BYTES + table.readUInt16LE(at + 28);
    const method = table.readUInt16LE(at + 10);
    const name = table.toString('utf8', at + ENTRY_BYTES, nameEnd).replace(/^\//, '');
    const encrypted = (table.readUInt16LE(at + 8) & 1) === 1;
    if (encrypted) return refuse('WORKBOOK', undefined, 'is protected by a password');
    if ((method !== 0 && method !== 8) || entries.has(name)) return damaged();
    entries.set(name, {
      name,
      deflated: method === 8,
      crc: table.readUInt32LE(at + 16),
      stored: table.readUInt32LE(at + 20),
      size: table.readUInt32LE(at + 24),
      header: table.readUInt32LE(at + 42),
    });
    at = nameEnd + table.readUInt16LE(at + 30) + table.readUInt16LE(at + 32);
  }
  return entries;
}

/** The content of one entry, held to the size and the checksum that the table gives. */
export async function* zipContent(
  handle: StoredBytes,
  entry: ZipEntry,
  limits: Limits,
  refuse: Refuse,
): AsyncGenerator<Uint8Array> {
  const damaged = (): never => refuse('WORKBOOK', undefined, 'has a damaged part', SAVE_AGAIN);
  const local = await part(handle, entry.header, entry.header + LOCAL_BYTES);
  if (local.length < LOCAL_BYTES || local.readUInt32LE(0) !== LOCAL) damaged();
  const from = entry.header + LOCAL_BYTES + local.readUInt16LE(26) + local.readUInt16LE(28);
  const to = from + entry.stored;
  const engine = entry.deflated ? zlib.createInflateRaw({ chunkSize: PIECE }) : undefined;
  const pieces = engine === undefined ? plain(handle, from, to) : inflate(engine, handle, { from, to });
  let made = 0;
  let crc = 0;
  try {
    for await (const piece of pieces) {
      made += piece.length;
      weigh(made, engine?.bytesWritten ?? made, limits, refuse);
      if (made > entry.size) damaged();
      crc = zlib.crc32(piece, crc);
      yield piece;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code?.startsWith('Z_') === true) damaged();
    throw error;
  }
  if (made !== entry.size || crc !== entry.crc) damaged();
}

async function* plain(handle: StoredBytes, from: number, to: number): AsyncGenerator<Uint8Array> {
  for (let at = from; at < to; at += PIECE) yield await part(handle, at, Math.min(at + PIECE, to));
}

async function part(handle: StoredBytes, from: number, to: number): Promise<Buffer> {
  const bytes = Buffer.alloc(to - from);
  return bytes.subarray(0, await fill(bytesOf(handle, from), bytes));
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

const SAVE_AGAIN = 'save the workbook again as .xlsx';
