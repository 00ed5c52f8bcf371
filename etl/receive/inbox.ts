/** The folder that agencies' deliveries are put in. The hub's: what has been answered does not stay in it. */
import { existsSync, readFileSync } from 'node:fs';
import { readdir, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { MANIFEST } from './manifest-name.ts';

export interface WaitingDelivery {
  readonly folder: string;
  /** As its manifest says; empty where it cannot be read, which is for the intake to say. */
  readonly agency: string;
  readonly asOf: string;
}

/**
 * Folders with a manifest, the earliest `as_of` first, but for those of agencies that are held back. A folder without a
 * manifest is still being written.
 */
export async function waitingDeliveries(
  inbox: string,
  held: ReadonlySet<string> = new Set(),
): Promise<readonly WaitingDelivery[]> {
  const found = (await Promise.all((await foldersIn(inbox)).map(withManifest))).flat();
  return found
    .map(described)
    .filter(({ agency }) => !held.has(agency))
    .toSorted((a, b) => (a.asOf === b.asOf ? (a.folder < b.folder ? -1 : 1) : a.asOf < b.asOf ? -1 : 1));
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
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => join(folder, name));
}

function described(folder: string): WaitingDelivery {
  try {
    const { as_of: asOf, source_agency: agency } = JSON.parse(
      readFileSync(join(folder, MANIFEST), 'utf8'),
    ) as { as_of?: unknown; source_agency?: unknown };
    return { folder, asOf: wordOf(asOf), agency: wordOf(agency) };
  } catch {
    return { folder, asOf: '', agency: '' };
  }
}

function wordOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
