import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file of the reference data. */
export function dataPath(...parts: readonly string[]): string {
  const folder = process.env.CONFORMANCE_DATA;
  if (folder === undefined) throw new Error('run through `npm run conformance -- --data DIR`');
  return join(folder, ...parts);
}

export function readData(...parts: readonly string[]): string {
  return readFileSync(dataPath(...parts), 'utf8');
}
