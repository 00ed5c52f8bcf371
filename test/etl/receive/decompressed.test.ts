import { randomBytes } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import zlib from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { decompressed } from '../../../etl/receive/decompressed.ts';
import { openDelimited } from '../../../etl/receive/delimited/delimited-source.ts';
import { refusing } from '../../../etl/receive/file-refused.ts';
import { LIMITS, type Limits } from '../../../etl/receive/limits.ts';
import { readFile } from './files.ts';
import { refusalOf } from './reading.ts';

const MIB = 1 << 20;
const refuse = refusing('rows.csv');
const text = `a,b\n${Array.from({ length: 20_000 }, (_, row) => `${row},${randomBytes(9).toString('hex')}\n`).join('')}`;
const packers = { gzip: zlib.gzipSync, zstd: zlib.zstdCompressSync } as const;

const read = (content: Uint8Array, compression: 'gzip' | 'zstd', limits: Limits = LIMITS) =>
  readFile(content, (handle: FileHandle, stored: number) =>
    openDelimited(decompressed(handle, stored, compression, limits, refuse), {
      delimiter: ',',
      limits,
      refuse,
    }),
  );

for (const [compression, pack] of Object.entries(packers) as ['gzip' | 'zstd', (typeof packers)['gzip']][]) {
  describe(compression, () => {
    const packed = pack(text);

    test('comes out whole', async () => {
      expect((await read(packed, compression)).rows).toHaveLength(20_000);
    });

    test('pieces packed one by one and joined are one file', async () => {
      const halves = [text.slice(0, 1001), text.slice(1001, 1001), text.slice(1001)];
      const found = await read(Buffer.concat(halves.map((half) => pack(half))), compression);
      expect(found.rows).toHaveLength(20_000);
    });

    for (const cut of [1, 4, 100, packed.length >> 1, packed.length - 5]) {
      test(`cut off by ${cut} bytes is refused`, async () => {
        const found = await refusalOf(read(packed.subarray(0, packed.length - cut), compression));
        expect(found).toMatchObject({ code: 'COMPRESSION', file: 'rows.csv' });
        expect(found.message).toContain('cut off');
      });
    }

    test('followed by something else is refused', async () => {
      for (const more of [
        Buffer.from('and more'),
        Buffer.alloc(64),
        packed.subarray(0, 40),
        Buffer.from([0x1f]),
      ]) {
        const found = await refusalOf(read(Buffer.concat([packed, more]), compression));
        expect(found).toMatchObject({ code: 'COMPRESSION' });
      }
    });

    test('that is text, or nothing, is refused', async () => {
      expect(await refusalOf(read(Buffer.from(text), compression))).toMatchObject({ code: 'COMPRESSION' });
      expect(await refusalOf(read(Buffer.alloc(0), compression))).toMatchObject({ code: 'COMPRESSION' });
    });

    test('that swells out of proportion is refused long before it is unpacked', async () => {
      const bomb = pack(Buffer.concat([Buffer.from('a,b\n'), Buffer.alloc(24 * MIB, '1,2\n')]));
      const started = process.memoryUsage().arrayBuffers;
      const found = await refusalOf(read(bomb, compression, { ...LIMITS, freeBytes: MIB }));
      expect(found).toMatchObject({ code: 'COMPRESSION' });
      expect(found.message).toContain('swells');
      expect(process.memoryUsage().arrayBuffers - started).toBeLessThan(12 * MIB);
    });

    test('that is larger than any content may be is refused', async () => {
      expect(await refusalOf(read(packed, compression, { ...LIMITS, contentBytes: 10_000 }))).toMatchObject({
        code: 'TOO_LARGE',
      });
    });
  });
}

test('a damaged gzip is refused', async () => {
  const packed = Buffer.from(zlib.gzipSync(text));
  const middle = packed.length >> 1;
  packed[middle] = (packed[middle] as number) ^ 0xff;
  expect(await refusalOf(read(packed, 'gzip'))).toMatchObject({ code: 'COMPRESSION' });
});

test('a zstd frame may not ask for more memory than it is given', async () => {
  const params = { [zlib.constants.ZSTD_c_windowLog]: 27 };
  const stream = zlib.createZstdCompress({ params });
  stream.end(text);
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  expect(await refusalOf(read(Buffer.concat(parts), 'zstd'))).toMatchObject({ code: 'COMPRESSION' });
});

test('more zstd frames than anybody needs are refused', async () => {
  const frame = zlib.zstdCompressSync('');
  const many = Buffer.concat([zlib.zstdCompressSync('a,b\n'), ...Array.from({ length: 50 }, () => frame)]);
  expect(await refusalOf(read(many, 'zstd', { ...LIMITS, zstdFrames: 20 }))).toMatchObject({
    code: 'COMPRESSION',
  });
});
