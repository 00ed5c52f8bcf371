/** A bundle's files as its ZIP holds them: small ones whole, any of them summed, and none larger than it says. */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { LIMITS } from '../../../etl/receive/limits.ts';
import { zipContent, zipEntries } from '../../../etl/receive/workbook/zip.ts';
import { Misuse, Refused } from '../../errors.ts';

export interface OpenBundle {
  readonly names: readonly string[];
  sha256(name: string): Promise<string>;
  /** Undefined where there is no such file, or one that is no text of a few pages. */
  text(name: string): Promise<string | undefined>;
}

const LONGEST_TEXT = 16 * 2 ** 20;
/** Figures repeat themselves, so that a file of them may be far smaller than what it holds. */
const limits = { ...LIMITS, expansion: 2000 };

export async function withBundle<T>(path: string, work: (bundle: OpenBundle) => Promise<T>): Promise<T> {
  const handle = await open(path).catch(() => {
    throw new Misuse('NO_FILE', 'the bundle cannot be read', {
      remedy: 'Name the ZIP as it was downloaded.',
    });
  });
  try {
    const { size } = await handle.stat();
    const entries = await zipEntries(handle, size, limits, damaged);
    const contentOf = (name: string): AsyncIterable<Uint8Array> => {
      const entry = entries.get(name);
      return entry === undefined ? damaged() : zipContent(handle, entry, limits, damaged);
    };
    return await work({
      names: [...entries.keys()],
      async sha256(name) {
        const hash = createHash('sha256');
        for await (const piece of contentOf(name)) hash.update(piece);
        return hash.digest('hex');
      },
      async text(name) {
        if ((entries.get(name)?.size ?? Number.POSITIVE_INFINITY) > LONGEST_TEXT) return undefined;
        const pieces: Uint8Array[] = [];
        for await (const piece of contentOf(name)) pieces.push(piece);
        return Buffer.concat(pieces).toString('utf8');
      },
    });
  } finally {
    await handle.close();
  }
}

function damaged(): never {
  throw new Refused('BUNDLE_DAMAGED', 'The file is no bundle, or a damaged one.', {
    remedy: 'Download it again, and verify it as it came.',
  });
}
