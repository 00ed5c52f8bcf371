/** Rows of a CSV file or a workbook, read as deliveries are read, as texts by field. */
import { basename, dirname, resolve } from 'node:path';
import type { Contracts } from '../../src/contracts/contracts.ts';
import { Refused } from '../../src/errors.ts';
import { directoryFields } from '../../src/providers/checked-program.ts';
import type { Came } from '../../src/providers/plan-import.ts';
import type { Batch, RowSource } from '../receive/batch.ts';
import { openDelimited } from '../receive/delimited/delimited-source.ts';
import { refusing } from '../receive/file-refused.ts';
import { LIMITS } from '../receive/limits.ts';
import { bytesOf, openStored } from '../receive/stored-file.ts';
import { openSheet } from '../receive/workbook/sheet-source.ts';

/** More programs than any state has; a file past it is something else. */
const MOST_ROWS = 100_000;

export async function readProviderFile(contracts: Contracts, file: string): Promise<readonly Came[]> {
  return textRows(file, (source) => refuseOtherColumns(contracts, basename(file), source));
}

/** Rows of any columns, each with its line; `check` may refuse the columns before a row is read. */
export async function textRows(
  file: string,
  check: (source: RowSource) => void = () => {},
): Promise<readonly Came[]> {
  const path = resolve(file);
  const refuse = refusing(basename(path));
  const handle = await openStored(dirname(path), basename(path), refuse);
  try {
    const source = path.toLowerCase().endsWith('.xlsx')
      ? await openSheet(handle, (await handle.stat()).size, { limits: LIMITS, refuse })
      : await openDelimited(bytesOf(handle), { delimiter: ',', limits: LIMITS, refuse });
    check(source);
    const rows: Came[] = [];
    for await (const batch of source.batches()) {
      for (let row = 0; row < batch.rows; row++) rows.push(cameFrom(source.columns, batch, row));
      if (rows.length > MOST_ROWS) refuse('TOO_LARGE', undefined, `has more than ${MOST_ROWS} rows`);
    }
    return rows;
  } finally {
    await handle.close();
  }
}

/** A misspelt column would be lost in silence. */
function refuseOtherColumns(contracts: Contracts, file: string, { columns }: RowSource): void {
  const known = directoryFields(contracts);
  const names = new Set(known.map(({ name }) => name));
  const other = columns.filter((column) => !names.has(column));
  const missing = known.filter(({ name, required }) => required && !columns.includes(name));
  if (other.length + missing.length === 0) return;
  const complaints = [
    ...(other.length > 0
      ? [`column ${other.map((name) => JSON.stringify(name)).join(', ')} is none of the asset map's`]
      : []),
    ...(missing.length > 0 ? [`${missing.map(({ name }) => name).join(', ')} is missing`] : []),
  ];
  throw new Refused('PROVIDER_COLUMNS', `${file}: ${complaints.join('; ')}`, {
    remedy: 'npx tessera providers export --format csv --out FILE writes a file with every column',
  });
}

function cameFrom(columns: readonly string[], batch: Batch, row: number): Came {
  const texts: Record<string, string> = {};
  const base = row * batch.columns;
  for (const [at, column] of columns.entries()) {
    const [start, end] = [batch.starts[base + at] ?? 0, batch.ends[base + at] ?? 0];
    if (end > start)
      texts[column] = Buffer.from(batch.bytes.buffer, batch.bytes.byteOffset + start, end - start).toString(
        'utf8',
      );
  }
  return { line: batch.lines[row] ?? 0, texts };
}
