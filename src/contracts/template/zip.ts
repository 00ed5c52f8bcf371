import { crc32, deflateRawSync } from 'node:zlib';

/** The first day that a ZIP can tell: parts carry no time of their own, so that the same content gives the same bytes. */
const DAY_ONE = 0x21;
const DEFLATED = 8;
const VERSION = 20;
const UTF_8 = 0x800;

/** A ZIP of texts and of files as they are, by name. */
export function zipOf(parts: ReadonlyMap<string, string | Uint8Array>): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, text] of parts) {
    const content = typeof text === 'string' ? Buffer.from(text) : text;
    const packed = deflateRawSync(content, { level: 9 });
    const about = Buffer.alloc(26);
    about.writeUInt16LE(VERSION, 0);
    about.writeUInt16LE(UTF_8, 2);
    about.writeUInt16LE(DEFLATED, 4);
    about.writeUInt16LE(DAY_ONE, 8);
    about.writeUInt32LE(crc32(content), 10);
    about.writeUInt32LE(packed.length, 14);
    about.writeUInt32LE(content.length, 18);
    about.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), about, Buffer.from(name), packed]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    const madeBy = Buffer.from([VERSION, 0]);
    directory.push(Buffer.from('PK\x01\x02'), madeBy, about, place, Buffer.from(name));
    bodies.push(local);
    at += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(parts.size, 4);
  end.writeUInt16LE(parts.size, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...bodies, listed, Buffer.from('PK\x05\x06'), end]);
}
