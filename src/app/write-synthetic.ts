/** Synthetic rows of a release as files in a folder. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSettings } from '../config.ts';
import { loadContracts } from '../contracts/contracts.ts';
import { syntheticFiles } from '../datasets/synthetic/files.ts';
import { syntheticOfRelease } from '../datasets/synthetic/of-release.ts';
import { Unavailable } from '../errors.ts';
import { withHub } from './hub.ts';

export interface WrittenSynthetic {
  readonly release: number;
  readonly rows: number;
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
}

export async function writeSynthetic(folder: string, release: number | undefined): Promise<WrittenSynthetic> {
  return withHub(readSettings(), 'dataset synthetic', async (hub) => {
    const made = await syntheticOfRelease(await hub.as('api'), loadContracts(), release);
    const files = syntheticFiles(made).map(({ name, content }) => {
      const path = join(folder, name);
      write(folder, path, content);
      return { path, bytes: Buffer.byteLength(content) };
    });
    return { release: made.release.number, rows: made.rows.length, files };
  });
}

function write(folder: string, path: string, content: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, content);
  } catch (cause) {
    throw new Unavailable('CANNOT_WRITE', `${path} cannot be written.`, {
      remedy: 'Name a folder with --out in which files may be made.',
      cause,
    });
  }
}
