import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What separates a folder from the pages that should be in it. */
export interface Difference {
  readonly file: string;
  readonly is: 'missing' | 'out of date' | 'left over';
}

export function differences(folder: string, pages: ReadonlyMap<string, string>): Difference[] {
  const found: Difference[] = [];
  for (const [file, text] of pages) {
    const path = join(folder, file);
    if (!existsSync(path)) found.push({ file, is: 'missing' });
    else if (readFileSync(path, 'utf8') !== text) found.push({ file, is: 'out of date' });
  }
  const present = existsSync(folder) ? readdirSync(folder) : [];
  for (const file of present)
    if (file.endsWith('.md') && !pages.has(file)) found.push({ file, is: 'left over' });
  return found;
}

/** Writes what differs, and removes pages of contracts that are gone. */
export function writePages(folder: string, pages: ReadonlyMap<string, string>): Difference[] {
  const found = differences(folder, pages);
  mkdirSync(folder, { recursive: true });
  for (const { file, is } of found) {
    if (is === 'left over') rmSync(join(folder, file));
    else writeFileSync(join(folder, file), pages.get(file) ?? '');
  }
  return found;
}
