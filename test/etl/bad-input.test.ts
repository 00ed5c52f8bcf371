/** The inputs that an intake must survive, each through the whole way: refused with file, line and rule, and nothing loaded. */
import zlib from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { checkDelivery } from '../../etl/check-delivery.ts';
import { takeDelivery } from '../../etl/intake.ts';
import { FileRefused } from '../../etl/receive/file-refused.ts';
import { testDatabase } from '../support/database.ts';
import { countRow, csv, registerTestAgency, writeDelivery } from '../support/delivery.ts';
import { scratchFolder } from '../support/tessera.ts';

const database = testDatabase();
beforeAll(async () => registerTestAgency(await database.as('loader')));

const good = csv('denominator_count', [countRow('a', 1, 10), countRow('b', 1, 20)]).text;
const header = good.slice(0, good.indexOf('\n') + 1);
const [, first = '', second = ''] = good.split('\n');
const bytes = (...parts: (string | Uint8Array)[]) => Buffer.concat(parts.map((part) => Buffer.from(part)));
const gzip = (content: string | Uint8Array) => zlib.gzipSync(content);
/** Members that follow each other are one content, so that a large one is made at once. */
const repeated = (member: Buffer, times: number) =>
  Buffer.concat(Array.from({ length: times }, () => member));

interface Bad {
  readonly content: Uint8Array;
  readonly name?: string;
  readonly lie?: Readonly<Record<string, unknown>>;
  readonly line?: number;
  readonly rule: string;
}

const cases: Readonly<Record<string, Bad>> = {
  'a truncated gzip': {
    content: gzip(good.repeat(50)).subarray(0, 90),
    name: 'n.csv.gz',
    rule: 'COMPRESSION',
  },
  'text that is not UTF-8': {
    content: bytes(header, first, '\n', Buffer.from([0xe9]), second, '\n'),
    line: 3,
    rule: 'ENCODING',
  },
  'a byte order mark in the middle': {
    content: bytes(header, first, '\n\u{feff}', second, '\n'),
    line: 3,
    rule: 'ENCODING',
  },
  'a quote that is never closed': {
    content: bytes(header, first, '\n"', second, '\n'),
    line: 3,
    rule: 'QUOTE',
  },
  'ten thousand columns': {
    content: bytes(Array.from({ length: 10_000 }, (_, i) => `c${i}`).join(','), '\n'),
    line: 1,
    rule: 'HEADER',
  },
  'a line of 2 GiB': {
    content: bytes(gzip(header), repeated(gzip(Buffer.alloc(1 << 24, 'x')), 128)),
    name: 'n.csv.gz',
    line: 2,
    rule: 'TOO_LONG',
  },
  'a bomb of 2 GiB': {
    content: bytes(gzip(header), repeated(gzip(`${first}\n`.repeat(200_000)), 128)),
    name: 'n.csv.gz',
    lie: { rows: 25_600_000 },
    rule: 'COMPRESSION',
  },
  'a manifest that lies about rows': { content: bytes(good), lie: { rows: 3 }, rule: 'Q002' },
  'a manifest that lies about a hash': {
    content: bytes(good),
    lie: { sha256: '0'.repeat(64) },
    rule: 'Q002',
  },
  'a path that climbs out of the folder': {
    content: bytes(good),
    lie: { file: '../denominator_count.csv' },
    rule: 'MANIFEST',
  },
};

describe('nothing is loaded of a delivery with', () => {
  test.each(Object.entries(cases))('%s', { timeout: 120_000 }, async (what, bad) => {
    const { content, name = 'n.csv', lie = {}, line, rule } = bad;
    const files = [{ record: 'denominator_count', file: name, text: content, rows: 2 }];
    const folder = writeDelivery(scratchFolder(), { id: what.replaceAll(' ', '-'), files }, (manifest) => {
      Object.assign((manifest['files'] as object[])[0] ?? {}, lie);
    });
    const loader = await database.as('loader');
    const intake = { loader, surrogateKey: Buffer.alloc(32, 7), requestedBy: 'test', onProgress: () => {} };
    const refused: unknown = await takeDelivery(intake, folder).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(FileRefused);
    const { message, code, line: said, file } = refused as FileRefused;
    expect([code, said, file]).toEqual([rule, line, rule === 'MANIFEST' ? 'manifest.json' : name]);
    expect(message).toContain(`(rule ${rule})`);
    if (line !== undefined) expect(message).toContain(`${name}, line ${line}: `);
    for (const empty of ['events.denominator_count', 'ops.delivery', 'ops.reject'])
      expect([empty, await loader.query(`SELECT FROM ${empty}`)]).toEqual([empty, []]);
    expect(await loader.query(`SELECT FROM pg_tables WHERE schemaname = 'staging'`)).toEqual([]);
  });
});

test('single rows are rejected with file, line, rule and field: a day that is none, a code that nobody knows', async () => {
  const rows = [
    countRow('a', 1, 10),
    { ...countRow('b', 1, 20), period_end: '2025-02-30' },
    { ...countRow('c', 1, 30), population: 'nowhere_known' },
  ];
  const made = csv('denominator_count', rows);
  const { file } = made;
  const folder = writeDelivery(scratchFolder(), { id: 'ROWS', files: [made] });
  const loader = await database.as('loader');
  const intake = { loader, surrogateKey: Buffer.alloc(32, 7), requestedBy: 'test', onProgress: () => {} };
  const report = await takeDelivery(intake, folder);
  const first = [
    { line: 3, rule: 'Q001', field: 'period_end' },
    { line: 4, rule: 'Q001', field: 'population' },
  ];
  expect(report.files).toMatchObject([{ file, accepted: 1, rejected: 2, first }]);
  expect((await checkDelivery(folder)).files).toMatchObject([{ file, accepted: 1, rejected: 2, first }]);
  expect(await loader.query('SELECT file, line, rule, field FROM ops.reject ORDER BY line')).toEqual([
    { file, line: 3, rule: 'Q001', field: 'period_end' },
    { file, line: 4, rule: 'Q001', field: 'population' },
  ]);
});
