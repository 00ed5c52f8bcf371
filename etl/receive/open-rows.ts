import type { RowSource } from './batch.ts';
import { openDelimited } from './delimited/delimited-source.ts';
import type { VerifiedFile } from './delivery.ts';
import { refusing } from './file-refused.ts';
import { LIMITS } from './limits.ts';
import { bytesOf, openStored } from './stored-file.ts';

export async function openRows(file: VerifiedFile): Promise<RowSource & { close(): Promise<void> }> {
  const refuse = refusing(file.file);
  const handle = await openStored(file.folder, file.file, refuse);
  const source = await openDelimited(bytesOf(handle), {
    delimiter: file.format === 'pipe' ? '|' : ',',
    limits: LIMITS,
    refuse,
  });
  return { ...source, close: () => handle.close() };
}
