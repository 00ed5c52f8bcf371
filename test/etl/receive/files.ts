import { writeFileSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { RowSource } from '../../../etl/receive/batch.ts';
import { batchesOf, type GroupSource } from '../../../etl/receive/columnar/group.ts';
import { FileRefused } from '../../../etl/receive/file-refused.ts';
import { temporaryFolder } from './delivered.ts';
import { type ReadTable, readAll } from './reading.ts';

/** Reads bytes through an opener that wants a file. */
export async function readFile(
  content: Uint8Array,
  opener: (handle: FileHandle, stored: number) => RowSource | Promise<RowSource>,
): Promise<ReadTable> {
  const path = join(temporaryFolder(), 'file');
  writeFileSync(path, content);
  const handle = await open(path);
  try {
    return await readAll(await opener(handle, content.length));
  } finally {
    await handle.close();
  }
}

/** `read` when the reading ends well, the code of the refusal when not; any other error fails the test. */
export async function outcomeOf(reading: Promise<unknown>): Promise<string> {
  try {
    await reading;
    return 'read';
  } catch (error) {
    if (error instanceof FileRefused) return error.code;
    throw error;
  }
}

/** A columnar file's rows, read in this thread. */
export function rowsOf(source: GroupSource): RowSource {
  return {
    columns: source.columns,
    async *batches() {
      for await (const group of source.groups()) yield* batchesOf(group);
    },
  };
}
