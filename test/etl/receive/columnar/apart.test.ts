import { writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CompressionType,
  RecordBatchFileWriter,
  RecordBatchStreamWriter,
  tableFromArrays,
} from 'apache-arrow';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, test } from 'vitest';
// Brings the codec of zstd with it.
import '../../../../etl/receive/columnar/arrow-source.ts';
import { openApart, type Task } from '../../../../etl/receive/columnar/apart.ts';
import { refusing } from '../../../../etl/receive/file-refused.ts';
import { LIMITS, type Limits } from '../../../../etl/receive/limits.ts';
import { seeded } from '../../link/people.ts';
import { temporaryFolder } from '../delivered.ts';
import { outcomeOf } from '../files.ts';
import { type ReadTable, readAll, refusalOf } from '../reading.ts';

const rows = 400;
const ids = Array.from({ length: rows }, (_, row) => `made-up-${row}`);
const kinds = ids.map((_, row) => ['in_care', 'in_school', 'supervised'][row % 3] as string);
const counts = ids.map((_, row) => row * 7);

const files: readonly (readonly [what: string, format: Task['format'], content: Uint8Array])[] = [
  ['Parquet', 'parquet', parquet('UNCOMPRESSED')],
  ['Parquet with snappy', 'parquet', parquet('SNAPPY')],
  ['Arrow stream', 'arrow', arrow(new RecordBatchStreamWriter())],
  [
    'Arrow file with zstd',
    'arrow',
    arrow(new RecordBatchFileWriter({ compressionType: CompressionType.ZSTD })),
  ],
];

/** The numbers of a test: enough for what is right, and soon over for what is not. */
const strict: Limits = { ...LIMITS, groupSeconds: 10, groupMemoryBytes: 256 << 20 };

describe('a columnar file in a thread of its own', () => {
  test.each(files)('%s comes with the rows that were written', async (_what, format, content) => {
    const found = await read(format, content);
    expect(found.columns).toEqual(['id', 'kind', 'n']);
    expect(found.rows).toEqual(ids.map((id, row) => [id, kinds[row], String(counts[row])]));
    expect(found.lines).toEqual(ids.map((_, row) => row + 1));
  });

  test.each(files)(
    '%s with bytes changed is read or refused, and never more',
    { timeout: 300_000 },
    async (_what, format, content) => {
      const outcomes = new Map<string, number>();
      for (let seed = 1; seed <= 20; seed++) {
        const outcome = await outcomeOf(read(format, damaged(content, seed)));
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      }
      expect([...outcomes.keys()].filter((outcome) => outcome !== 'read').length).toBeGreaterThan(0);
    },
  );

  test('a step that takes too long is ended, and the refusal says so', async () => {
    const refused = await refusalOf(read('arrow', files[2]![2], { ...LIMITS, groupSeconds: 0.001 }));
    expect([refused.code, refused.file]).toEqual(['TOO_SLOW', 'rows']);
  });

  test('a description that would fill the memory is ended before it does', async () => {
    const refused = await refusalOf(read('parquet', endlessDescription(), strict));
    expect([refused.code, refused.file]).toEqual(['TOO_LARGE', 'rows']);
  });
});

async function read(format: Task['format'], content: Uint8Array, limits = strict): Promise<ReadTable> {
  const path = join(temporaryFolder(), 'rows');
  writeFileSync(path, content);
  const handle = await open(path);
  try {
    return await readAll(
      await openApart(
        format,
        { handle, length: content.length, sealed: undefined },
        { limits, refuse: refusing('rows') },
      ),
    );
  } finally {
    await handle.close();
  }
}

/** Up to eight bytes of the file become others, by seed; half of the files are changed near their ends, where they describe themselves. */
function damaged(content: Uint8Array, seed: number): Uint8Array {
  const below = seeded(seed);
  const changed = Uint8Array.from(content);
  const reach = seed % 2 === 0 ? content.length : Math.min(content.length, 600);
  for (let times = 1 + below(8); times > 0; times--) {
    changed[content.length - 1 - below(reach)] = below(256);
  }
  return changed;
}

/** A list of lists of lists in a Parquet description: each says how long it is, and space is made for it at once. */
function endlessDescription(): Uint8Array {
  const list = [0xf9, 0xff, 0xff, 0xff, 0x0f];
  const description = Buffer.from([0x29, ...Array.from({ length: 40 }, () => list).flat(), 0x00]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(description.length);
  return Buffer.concat([Buffer.from('PAR1'), description, length, Buffer.from('PAR1')]);
}

function parquet(codec: 'UNCOMPRESSED' | 'SNAPPY'): Uint8Array {
  const columnData = [
    { name: 'id', data: ids, type: 'STRING' as const },
    { name: 'kind', data: kinds, type: 'STRING' as const },
    { name: 'n', data: counts, type: 'INT32' as const },
  ];
  return new Uint8Array(parquetWriteBuffer({ columnData, codec, rowGroupSize: 150 }));
}

function arrow(writer: RecordBatchStreamWriter | RecordBatchFileWriter): Uint8Array {
  writer.write(tableFromArrays({ id: ids, kind: kinds, n: Int32Array.from(counts) }));
  writer.finish();
  return writer.toUint8Array(true);
}
