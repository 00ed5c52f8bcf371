/** Another directory's entries in HSDS 3: a JSON document, or a folder with a CSV file for each table. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Refused } from '../../src/errors.ts';
import { type AsSaid, fromHsds, fromPackage } from '../../src/providers/hsds/from-hsds.ts';
import { tableRow } from '../../src/providers/hsds/from-tables.ts';
import type { Came } from '../../src/providers/plan-import.ts';
import { textRows } from './read-file.ts';

export function isOtherDirectory(path: string): boolean {
  return (
    path.toLowerCase().endsWith('.json') || statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
  );
}

export async function readOtherDirectory(path: string, otherwise: AsSaid): Promise<readonly Came[]> {
  if (!path.toLowerCase().endsWith('.json')) return readPackage(path, otherwise);
  let document: unknown;
  try {
    document = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT')
      throw new Refused('PROVIDER_FILE', `there is no file ${basename(path)}`);
    throw new Refused('PROVIDER_FILE', `${basename(path)} is no JSON`, { cause });
  }
  return fromHsds(document, otherwise);
}

/** Whatever stands beside the tables, such as datapackage.json, describes them and is not read. */
async function readPackage(folder: string, otherwise: AsSaid): Promise<readonly Came[]> {
  const files = readdirSync(folder).filter((name) => name.endsWith('.csv'));
  const tables = await Promise.all(
    files.map(async (name) => {
      const rows = await textRows(join(folder, name));
      return [name.slice(0, -'.csv'.length), rows.map(({ texts }) => tableRow(texts))] as const;
    }),
  );
  return fromPackage(new Map(tables), otherwise);
}
