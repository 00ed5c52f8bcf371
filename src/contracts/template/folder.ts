import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Refused } from '../../errors.ts';

/** Writes a kit into a new or empty folder; what an agency has filled in is never overwritten. */
export function writeKit(folder: string, files: ReadonlyMap<string, string | Uint8Array>): void {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new Refused('FOLDER_NOT_EMPTY', `${folder} is not empty`, { remedy: 'name a new folder' });
  }
  for (const [file, content] of files) {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}
