/** Rows of a file that came through the console, read as the command reads them, from a folder that nobody else sees. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readOtherDirectory } from '../../../etl/providers/read-directory.ts';
import { readProviderFile } from '../../../etl/providers/read-file.ts';
import type { SentFile } from '../../../web/visit.ts';
import type { Contracts } from '../../contracts/contracts.ts';
import { Refused } from '../../errors.ts';
import type { Texts } from '../../providers/as-texts.ts';
import type { Came } from '../../providers/plan-import.ts';

export async function rowsOfUpload(
  contracts: Contracts,
  { name, bytes }: SentFile,
  otherwise: Texts,
): Promise<readonly Came[]> {
  const ending = /\.(?:csv|xlsx|json)$/.exec(name.toLowerCase())?.[0];
  if (ending === undefined)
    throw new Refused('PROVIDER_FILE', 'The file is none of .csv, .xlsx and .json.', {
      remedy: 'Send rows as .csv or .xlsx, or another directory as HSDS 3 in .json.',
    });
  const folder = await mkdtemp(join(tmpdir(), 'tessera-upload-'));
  try {
    const file = join(folder, `programs${ending}`);
    await writeFile(file, bytes);
    return ending === '.json'
      ? await readOtherDirectory(file, otherwise)
      : await readProviderFile(contracts, file);
  } finally {
    await rm(folder, { recursive: true });
  }
}
