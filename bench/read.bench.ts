import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDelimited } from '../etl/receive/delimited/delimited-source.ts';
import { refusing } from '../etl/receive/file-refused.ts';
import { LIMITS } from '../etl/receive/limits.ts';
import { bytesOf } from '../etl/receive/stored-file.ts';
import { compare, type Run } from './harness.ts';

const COLUMNS =
  'source_record_id,source_agency,county_fips,record_version,op,source_updated_at,effective_date,person_token,referral_received_at,screening_decision,csec_flag,closed_date';

/** The CSV reader over a made-up file, against nothing but reading the same bytes; and its memory, which must not grow. */
export const run: Run = async ({ runs }) => {
  const folder = mkdtempSync(join(tmpdir(), 'tessera-read-'));
  try {
    const small = join(folder, 'small.csv');
    const large = join(folder, 'large.csv');
    // Written first, since what writing leaves behind would count as the reader's.
    await write(large, 4_000_000);
    await write(small, 1_000_000);
    const timed = await compare(
      () => readRows(small),
      () => readBytes(small),
      runs,
    );
    const atSmall = await readRows(small);
    const atLarge = await readRows(large);
    return [
      {
        what: 'CSV rows',
        value: 1_000_000 / timed.a,
        unit: 'rows/s',
        ratio: 1 / timed.ratio,
        against: 'a bare read',
      },
      { what: 'resident memory, read of 1 M rows', value: atSmall, unit: 'MB' },
      { what: 'resident memory, read of 4 M rows', value: atLarge, unit: 'MB' },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

async function write(path: string, rows: number): Promise<void> {
  const file = createWriteStream(path);
  let text = `${COLUMNS}\n`;
  for (let row = 0; row < rows; row++) {
    const day = `2026-03-0${1 + (row % 9)}`;
    text += `made-up-${String(row).padStart(9, '0')},CW-1,06037,1,insert,${day}T12:00:00Z,,token-${String(row).padStart(16, '0')},${day}T11:22:33-08:00,evaluate_out,alleged,${day}\n`;
    if (text.length < 1 << 20) continue;
    if (!file.write(text)) await once(file, 'drain');
    text = '';
  }
  file.end(text);
  await once(file, 'close');
}

/** Answers the most megabytes that were resident at any batch. */
async function readRows(path: string): Promise<number> {
  const handle = await open(path);
  try {
    const options = { delimiter: ',', limits: LIMITS, refuse: refusing('rows.csv') } as const;
    const source = await openDelimited(bytesOf(handle), options);
    let most = 0;
    for await (const _ of source.batches()) most = Math.max(most, process.memoryUsage.rss());
    return most / 1e6;
  } finally {
    await handle.close();
  }
}

async function readBytes(path: string): Promise<void> {
  const handle = await open(path);
  try {
    const stream = bytesOf(handle);
    const buffer = new Uint8Array(LIMITS.windowBytes);
    while ((await stream.read(buffer)) > 0);
  } finally {
    await handle.close();
  }
}
