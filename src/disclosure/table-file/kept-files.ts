/**
 * Files of released tables, each written once and kept for as long as its release stands. What is kept is bounded:
 * the files that were not read for the longest go first.
 */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { version } from '../../package-root.ts';
import { allReleases } from '../release/stored-releases.ts';
import { type WantedFile, writeTableFile } from './table-file.ts';

export interface KeptFiles {
  /** The path of the file; whoever asks while it is being written waits for the same one. */
  fileFor(wanted: WantedFile): Promise<string>;
  /** A file for one reader, who removes it: a county's twin is not kept. */
  passing(wanted: WantedFile): Promise<string>;
}

const mostBytes = 4 * 2 ** 30;
const longestDraft = 3_600_000;

export function keepFiles(source: DataSource, folder: string): KeptFiles {
  const kept = keepByName(source, folder);
  return {
    passing: (wanted) => kept.draft((path) => writeTableFile(source, wanted, path)),
    fileFor: (wanted) => kept.fileFor(nameOf(wanted), (path) => writeTableFile(source, wanted, path)),
  };
}

/** Files of releases by a name that says all that decides what is in them, and begins with the release: r3-… */
export function keepByName(source: DataSource, folder: string) {
  const writing = new Map<string, Promise<string>>();
  const draft = async (write: Write): Promise<string> => {
    const path = join(folder, `${randomUUID()}.draft`);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    try {
      await write(path);
      return path;
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
  };
  const keep = async (path: string, write: Write): Promise<string> => {
    if (await touched(path)) return path;
    await rename(await draft(write), path);
    await clear(source, folder);
    return path;
  };
  return {
    draft,
    fileFor(name: string, write: Write): Promise<string> {
      const path = join(folder, name);
      const found = writing.get(path) ?? keep(path, write).finally(() => writing.delete(path));
      writing.set(path, found);
      return found;
    },
  };
}

type Write = (path: string) => Promise<void>;

/** What is in the name decides what is in the file. */
function nameOf({ found, asked, format, note, hubAddress }: WantedFile): string {
  const { release, metric, tbl } = found;
  const where = [...asked.where].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const periods = [...new Set(asked.periods)].toSorted();
  const said = [version, metric.id, tbl, where, periods, asked.kind, asked.from, asked.to, note, hubAddress];
  const hash = createHash('sha256').update(JSON.stringify(said)).digest('hex');
  return `r${release.number}-${hash.slice(0, 32)}.${format}`;
}

/** When a file was last read is its time. */
async function touched(path: string): Promise<boolean> {
  const now = new Date();
  try {
    await utimes(path, now, now);
    return true;
  } catch {
    return false;
  }
}

async function clear(source: DataSource, folder: string): Promise<void> {
  const stand = new Set(
    (await allReleases(source)).filter(({ state }) => state !== 'withdrawn').map(({ number }) => number),
  );
  const files = await Promise.all(
    (await readdir(folder)).map(async (name) => {
      const { size, mtimeMs } = await stat(join(folder, name)).catch(() => ({ size: 0, mtimeMs: 0 }));
      return { name, size, mtimeMs };
    }),
  );
  let held = 0;
  for (const { name, size, mtimeMs } of files.toSorted((a, b) => b.mtimeMs - a.mtimeMs)) {
    held += size;
    const release = /^r(\d+)-/.exec(name)?.[1];
    // A draft that nobody finishes any more was left by a hub that was killed.
    const gone = release === undefined ? mtimeMs < Date.now() - longestDraft : !stand.has(Number(release));
    if (gone || (release !== undefined && held > mostBytes)) await rm(join(folder, name), { force: true });
  }
}
