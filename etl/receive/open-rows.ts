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
import { type ContentKey, unsealed } from './sealed/unsealed.ts';
import { bytesOf, openStored, type StoredBytes, sameState, stateOf } from './stored-file.ts';
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
    const source = await openFormat(file, await contentIn(file, handle, refuse), limits, refuse);
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

/** What a reader of the file's format reads: the file, or what is in the clear of it. */
interface Content {
  readonly handle: FileHandle;
  readonly bytes: StoredBytes;
  readonly length: number;
  readonly sealed: ContentKey | undefined;
}

async function contentIn(
  { encryption, bytes: length, keyFile }: VerifiedFile,
  handle: FileHandle,
  refuse: Refuse,
): Promise<Content> {
  if (encryption === 'none') return { handle, bytes: handle, length, sealed: undefined };
  const { contentKeyOf } = await import('./sealed/content-key.ts');
  const sealed = await contentKeyOf(handle, length, keyFile, refuse);
  return { handle, bytes: unsealed(handle, sealed, refuse), length: sealed.length, sealed };
}

async function openFormat(
  file: VerifiedFile,
  content: Content,
  limits: Limits,
  refuse: Refuse,
): Promise<RowSource & Partial<RowsApart>> {
  const { handle, bytes, length, sealed } = content;
  switch (file.format) {
    case 'csv':
      return openDelimited(textOf(file, content, limits, refuse), { delimiter: ',', limits, refuse });
    case 'pipe':
      return openDelimited(textOf(file, content, limits, refuse), { delimiter: '|', limits, refuse });
    case 'fixed_width':
      return openFixedWidth(textOf(file, content, limits, refuse), { layout: file.layout, limits, refuse });
    case 'xlsx':
      return openSheet(bytes, length, { limits, refuse });
    case 'parquet':
    case 'arrow':
      return openApart(file.format, { handle, length, sealed }, { limits, refuse });
  }
}

function textOf(
  { compression }: VerifiedFile,
  { bytes, length }: Content,
  limits: Limits,
  refuse: Refuse,
): ByteStream {
  if (compression === 'none') return bytesOf(bytes);
  return decompressed(bytes, length, compression, limits, refuse);
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
