import type { FileHandle } from 'node:fs/promises';
import type { Batch, RowSource } from './batch.ts';
import type { ByteStream } from './byte-stream.ts';
import { openApart, type RowsApart } from './columnar/apart.ts';
import { decompressed } from './decompressed.ts';
import { openDelimited } from './delimited/delimited-source.ts';
import type { VerifiedFile } from './delivery.ts';
import { type Refuse, refusing } from './file-refused.ts';
import { openFixedWidth } from './fixed-width/fixed-width-source.ts';
import { LIMITS, type Limits } from './limits.ts';
import { bytesOf, openStored, sameState, stateOf } from './stored-file.ts';
import { openSheet } from './workbook/sheet-source.ts';

/** Rows that hold a file open until the last batch was taken, or until they are given up. */
export interface OpenRows extends RowSource, AsyncDisposable {}

/**
 * Opens a verified file by its format. Its rows are counted as they pass; the last batch is followed by a refusal
 * if they are not as many as the manifest says, or if the file changed meanwhile.
 */
export async function openRows(file: VerifiedFile, limits: Limits = LIMITS): Promise<OpenRows> {
  const refuse = refusing(file.file);
  const handle = await openStored(file.folder, file.file, refuse);
  try {
    await refuseChange(handle, file, refuse);
    const source = await openFormat(file, handle, limits, refuse);
    return {
      columns: source.columns,
      batches: () => counted(source, handle, file, refuse),
      async [Symbol.asyncDispose]() {
        await source.close?.();
        await handle.close();
      },
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function openFormat(
  file: VerifiedFile,
  handle: FileHandle,
  limits: Limits,
  refuse: Refuse,
): Promise<RowSource & Partial<RowsApart>> {
  switch (file.format) {
    case 'csv':
      return openDelimited(contentOf(file, handle, limits, refuse), { delimiter: ',', limits, refuse });
    case 'pipe':
      return openDelimited(contentOf(file, handle, limits, refuse), { delimiter: '|', limits, refuse });
    case 'fixed_width':
      return openFixedWidth(contentOf(file, handle, limits, refuse), { layout: file.layout, limits, refuse });
    case 'xlsx':
      return openSheet(handle, file.bytes, { limits, refuse });
    case 'parquet':
    case 'arrow':
      return openApart(file.format, handle, file.bytes, { limits, refuse });
  }
}

function contentOf(file: VerifiedFile, handle: FileHandle, limits: Limits, refuse: Refuse): ByteStream {
  if (file.compression === 'none') return bytesOf(handle);
  return decompressed(handle, file.bytes, file.compression, limits, refuse);
}

async function* counted(
  source: RowSource,
  handle: FileHandle,
  file: VerifiedFile,
  refuse: Refuse,
): AsyncGenerator<Batch> {
  const miscounted = (found: string): never =>
    refuse('Q002', undefined, `has ${found} rows where the manifest says ${file.rows}`);
  let rows = 0;
  try {
    for await (const batch of source.batches()) {
      rows += batch.rows;
      if (rows > file.rows) miscounted('more');
      yield batch;
    }
    if (rows !== file.rows) miscounted(String(rows));
    await refuseChange(handle, file, refuse);
  } finally {
    await handle.close();
  }
}

async function refuseChange(handle: FileHandle, file: VerifiedFile, refuse: Refuse): Promise<void> {
  if (!sameState(await stateOf(handle), file.state))
    refuse('FILE_CHANGED', undefined, 'changed after its hash was checked', 'deliver into a new folder');
}
