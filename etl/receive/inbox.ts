/** The folder that agencies' deliveries are put in. The hub's: what has been answered does not stay in it. */
import { existsSync, readFileSync } from 'node:fs';
import { readdir, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { MANIFEST } from './manifest-name.ts';

/** Folders with a manifest, the earliest `as_of` first. A folder without one is still being written. */
export async function waitingDeliveries(inbox: string): Promise<readonly string[]> {
  const found = (await Promise.all((await foldersIn(inbox)).map(withManifest))).flat();
  return found
    .map((folder) => ({ folder, asOf: asOf(folder) }))
    .toSorted((a, b) => (a.asOf === b.asOf ? (a.folder < b.folder ? -1 : 1) : a.asOf < b.asOf ? -1 : 1))
    .map(({ folder }) => folder);
}

/** Takes a delivery away, and the folder of its night when it was the last. */
export async function clearFromInbox(inbox: string, folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  const night = dirname(folder);
  if (night !== inbox) await rmdir(night).catch(() => {});
}

async function withManifest(folder: string): Promise<readonly string[]> {
  if (existsSync(join(folder, MANIFEST))) return [folder];
  return (await foldersIn(folder)).filter((inner) => existsSync(join(inner, MANIFEST)));
}

async function foldersIn(folder: string): Promise<readonly string[]> {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
}

/** Only an order: whether the manifest can be read at all is for the intake to say. */
function asOf(folder: string): string {
  try {
    const { as_of: moment } = JSON.parse(readFileSync(join(folder, MANIFEST), 'utf8')) as { as_of?: unknown };
    return typeof moment === 'string' ? moment : '';
  } catch {
    return '';
  }
}
