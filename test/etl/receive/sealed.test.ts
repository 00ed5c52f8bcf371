import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import zlib from 'node:zlib';
import { Encrypter } from 'age-encryption';
import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { expect, test } from 'vitest';
import { openDelivery, verifyFile } from '../../../etl/receive/delivery.ts';
import { refusing } from '../../../etl/receive/file-refused.ts';
import { LIMITS } from '../../../etl/receive/limits.ts';
import { openRows } from '../../../etl/receive/open-rows.ts';
import { contentKeyOf } from '../../../etl/receive/sealed/content-key.ts';
import { unsealed } from '../../../etl/receive/sealed/unsealed.ts';
import type { StoredBytes } from '../../../etl/receive/stored-file.ts';
import { sealDelivery } from '../../../etl/seal-delivery.ts';
import { loadContracts } from '../../../src/contracts/contracts.ts';
import { makeIdentity } from '../../../src/sealing/age-keys.ts';
import { deliver, temporaryFolder } from './delivered.ts';
import { readAll, refusalOf } from './reading.ts';
import { workbookOf } from './workbook/made-workbook.ts';

const contracts = loadContracts();
const inline = (at: string, text: string): string => `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`;
const PIECE = 65_536;
const refuse = refusing('file');

async function keys() {
  const { identity, recipient } = await makeIdentity();
  const keyFile = join(temporaryFolder(), 'key');
  writeFileSync(keyFile, `# a comment\n${identity}\n`);
  return { keyFile, recipient };
}

const inMemory = (bytes: Uint8Array): StoredBytes => ({
  read(into, offset, length, position) {
    const part = bytes.subarray(position, position + length);
    into.set(part, offset);
    return Promise.resolve({ bytesRead: part.length });
  },
  close: () => Promise.resolve(),
});

async function opened(sealed: Uint8Array, keyFile: string): Promise<StoredBytes & { length: number }> {
  const stored = inMemory(sealed);
  const key = await contentKeyOf(stored, sealed.length, keyFile, refuse);
  return { ...unsealed(stored, key, refuse), length: key.length };
}

async function whole(sealed: Uint8Array, keyFile: string): Promise<Buffer> {
  const content = await opened(sealed, keyFile);
  const bytes = Buffer.alloc(content.length);
  const { bytesRead } = await content.read(bytes, 0, bytes.length, 0);
  return bytes.subarray(0, bytesRead);
}

test('any part of what the age library encrypted is read from anywhere', async () => {
  const { keyFile, recipient } = await keys();
  const lengths = fc.oneof(
    fc.constantFrom(0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 3 * PIECE + 7),
    fc.nat(4 * PIECE),
  );
  await fc.assert(
    fc.asyncProperty(
      lengths,
      fc.array(fc.tuple(fc.nat(), fc.nat(2 * PIECE)), { maxLength: 5 }),
      async (length, parts) => {
        const plain = Buffer.from(
          Uint32Array.from({ length: (length >> 2) + 1 }, (_, i) => i * 2654435761).buffer,
        ).subarray(0, length);
        const encrypter = new Encrypter();
        encrypter.addRecipient(recipient);
        const sealed = await encrypter.encrypt(plain);
        const content = await opened(sealed, keyFile);
        expect(content.length).toBe(length);
        expect((await whole(sealed, keyFile)).equals(plain)).toBe(true);
        for (const [at, wanted] of parts) {
          const from = length === 0 ? 0 : at % length;
          const into = Buffer.alloc(wanted);
          const { bytesRead } = await content.read(into, 0, wanted, from);
          expect(into.subarray(0, bytesRead).equals(plain.subarray(from, from + wanted))).toBe(true);
        }
      },
    ),
    { numRuns: 25, seed: 3 },
  );
});

test('what was changed, cut off or swapped does not open', async () => {
  const { keyFile, recipient } = await keys();
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  const sealed = Buffer.from(await encrypter.encrypt(Buffer.alloc(2 * PIECE + 100, 'made up')));
  const begin = sealed.length - (2 * PIECE + 100 + 3 * 16);
  const piece = (at: number) => sealed.subarray(begin + at * (PIECE + 16), begin + (at + 1) * (PIECE + 16));
  const changed = Buffer.from(sealed);
  changed[begin + PIECE + 40]! ^= 1;
  const damaged = {
    changed,
    header: Buffer.concat([Buffer.from('age-encryption.org/v2'), sealed.subarray(21)]),
    cut: sealed.subarray(0, begin + PIECE + 16),
    'cut within a piece': sealed.subarray(0, sealed.length - 50),
    'of nothing but a header': sealed.subarray(0, begin - 20),
    swapped: Buffer.concat([sealed.subarray(0, begin), piece(1), piece(0), piece(2)]),
    other: Buffer.from('person_token,age\n'),
  };
  for (const [what, bytes] of Object.entries(damaged))
    expect(await refusalOf(whole(bytes, keyFile)), what).toMatchObject({ code: 'ENCRYPTION' });
});

test('a delivery encrypted for the hub has the rows of the plain one in every format, and nothing in the clear', async () => {
  const { keyFile, recipient } = await keys();
  const rows = [
    ['id', 'kind'],
    ['made-up-1', 'x'],
    ['made-up-2', 'y'],
  ];
  const csv = rows.map((row) => row.join(',')).join('\n');
  const columnData = [0, 1].map((column) => ({
    name: rows[0]![column]!,
    data: rows.slice(1).map((row) => row[column]!),
    type: 'STRING' as const,
  }));
  const folder = deliver({
    'a.csv': { content: csv, rows: 2 },
    'b.csv.gz': { content: zlib.gzipSync(csv), rows: 2 },
    'c.parquet': { content: new Uint8Array(parquetWriteBuffer({ columnData })), rows: 2 },
    'd.xlsx': {
      content: workbookOf({
        rows: rows
          .map(
            (row, i) =>
              `<row r="${i + 1}">${row.map((text, at) => inline('AB'[at] + String(i + 1), text)).join('')}</row>`,
          )
          .join(''),
      }),
      rows: 2,
    },
  });
  const out = join(temporaryFolder(), 'sealed');
  const { files } = await sealDelivery(folder, out, [recipient]);
  expect(files).toEqual(['a.csv.age', 'b.csv.gz.age', 'c.parquet.age', 'd.xlsx.age']);
  for (const file of files) expect(readFileSync(join(out, file), 'latin1')).not.toContain('made-up');
  const delivery = await openDelivery(out, contracts, LIMITS, keyFile);
  for (const file of delivery.files) {
    const read = await readAll(await openRows(await verifyFile(file)));
    expect([read.columns, ...read.rows], file.file).toEqual(rows);
  }
  const [first] = (await openDelivery(out, contracts)).files;
  expect(await refusalOf(openRows(await verifyFile(first!)))).toMatchObject({ code: 'ENCRYPTION' });
  const { keyFile: another } = await keys();
  const [locked] = (await openDelivery(out, contracts, LIMITS, another)).files;
  expect(await refusalOf(openRows(await verifyFile(locked!)))).toMatchObject({ code: 'ENCRYPTION' });
  await expect(sealDelivery(out, join(temporaryFolder(), 'twice'), [recipient])).rejects.toMatchObject({
    code: 'SEALED',
  });
});
