/** A file of any size on its way into a ZIP: deflated to the disk as it comes, with what the ZIP and its checksums must know. */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { crc32, createDeflateRaw } from 'node:zlib';
import { packedPart, type ZipPart } from '../../contracts/template/zip.ts';
import type { BundledFile } from './dataset.ts';

export interface PackedFile extends BundledFile {
  readonly part: ZipPart;
  /** Deflated: a file on the disk, or the bytes. */
  readonly body: string | Buffer;
}

/** Figures repeat themselves: a higher level costs seconds and gains little. */
const LEVEL = 4;

export async function packStream(
  name: string,
  bytes: AsyncIterable<string | Uint8Array>,
  path: string,
): Promise<PackedFile> {
  const hash = createHash('sha256');
  let crc = 0;
  let size = 0;
  let packed = 0;
  await pipeline(
    async function* () {
      for await (const piece of bytes) {
        const content = typeof piece === 'string' ? Buffer.from(piece) : piece;
        hash.update(content);
        crc = crc32(content, crc);
        size += content.length;
        yield content;
      }
    },
    createDeflateRaw({ level: LEVEL, chunkSize: 2 ** 18 }),
    async function* (pieces: AsyncIterable<Buffer>) {
      for await (const piece of pieces) {
        packed += piece.length;
        yield piece;
      }
    },
    createWriteStream(path, { flags: 'wx', mode: 0o600 }),
  );
  return { name, bytes: size, sha256: hash.digest('hex'), part: { name, crc, size, packed }, body: path };
}

export function packText(name: string, text: string | Uint8Array): PackedFile {
  const content = typeof text === 'string' ? Buffer.from(text) : text;
  const { part, body } = packedPart(name, content);
  const sha256 = createHash('sha256').update(content).digest('hex');
  return { name, bytes: content.length, sha256, part, body };
}
