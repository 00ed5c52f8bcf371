import { crc32, deflateRawSync } from 'node:zlib';

/** The first day that a ZIP can tell: parts carry no time of their own, so that the same content gives the same bytes. */
const DAY_ONE = 0x21;
const DEFLATED = 8;
const VERSION = 20;
const UTF_8 = 0x800;

/** A file of a ZIP whose content was deflated already. */
export interface ZipPart {
  readonly name: string;
  /** Of the content as it is. */
  readonly crc: number;
  readonly size: number;
  /** How many bytes it has deflated. */
  readonly packed: number;
}

/** A ZIP of texts and of files as they are, by name. */
export function zipOf(parts: ReadonlyMap<string, string | Uint8Array>): Buffer {
  const packed = [...parts].map(([name, text]) => packedPart(name, text));
  return Buffer.concat([
    ...packed.flatMap(({ part, body }) => [zipHead(part), body]),
    zipEnd(packed.map(({ part }) => part)),
  ]);
}

export function packedPart(
  name: string,
  text: string | Uint8Array,
): { readonly part: ZipPart; readonly body: Buffer } {
  const content = typeof text === 'string' ? Buffer.from(text) : text;
  const body = deflateRawSync(content, { level: 9 });
  return { part: { name, crc: crc32(content), size: content.length, packed: body.length }, body };
}

/** What stands before a part's bytes. */
export function zipHead(part: ZipPart): Buffer {
  return Buffer.concat([Buffer.from('PK\x03\x04'), about(part), Buffer.from(part.name)]);
}

/** What stands after the last part: where each of them lies. */
export function zipEnd(parts: readonly ZipPart[]): Buffer {
  const directory: Buffer[] = [];
  let at = 0;
  for (const part of parts) {
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    const madeBy = Buffer.from([VERSION, 0]);
    directory.push(Buffer.from('PK\x01\x02'), madeBy, about(part), place, Buffer.from(part.name));
    at += zipHead(part).length + part.packed;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(parts.length, 4);
  end.writeUInt16LE(parts.length, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([listed, Buffer.from('PK\x05\x06'), end]);
}

function about({ name, crc, size, packed }: ZipPart): Buffer {
  const bytes = Buffer.alloc(26);
  bytes.writeUInt16LE(VERSION, 0);
  bytes.writeUInt16LE(UTF_8, 2);
  bytes.writeUInt16LE(DEFLATED, 4);
  bytes.writeUInt16LE(DAY_ONE, 8);
  bytes.writeUInt32LE(crc, 10);
  bytes.writeUInt32LE(packed, 14);
  bytes.writeUInt32LE(size, 18);
  bytes.writeUInt16LE(Buffer.byteLength(name), 22);
  return bytes;
}
