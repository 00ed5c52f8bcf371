/**
 * What YAML texts say, kept beside the compiled code: reading a text takes a hundred times as long as looking it up. A
 * value is found by the hash of its text alone, so that a text that changed is read again, and no other is.
 */
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packageRoot } from '../package-root.ts';

export interface KeptValues {
  /** The value of a text, made by `read` where it is not kept; what `read` calls undefined is not kept. */
  valueOf(text: string, read: () => unknown): unknown;
  /** Writes down what this reading met, if it met anything new. */
  keep(): void;
}

/** Reads each text. */
export const nothingKept: KeptValues = { valueOf: (_text, read) => read(), keep: () => {} };

export function openKeptValues(path: string, reader: string = readerOfTexts()): KeptValues {
  const known = valuesIn(path, reader);
  const met = new Map<string, unknown>();
  let news = false;
  return {
    valueOf(text, read) {
      const hash = createHash('sha256').update(text).digest('base64url');
      const found = known.get(hash) ?? read();
      if (found !== undefined) met.set(hash, found);
      if (found !== undefined && !known.has(hash)) news = true;
      return found;
    },
    keep() {
      if (news) write(path, JSON.stringify({ reader, values: Object.fromEntries(met) }));
    },
  };
}

/** Whatever else reads texts may read them otherwise. */
function readerOfTexts(): string {
  const { dependencies } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
    dependencies?: Record<string, string>;
  };
  return `yaml ${dependencies?.['yaml']}`;
}

function valuesIn(path: string, reader: string): ReadonlyMap<string, unknown> {
  try {
    const kept = JSON.parse(readFileSync(path, 'utf8')) as {
      reader: string;
      values: Record<string, unknown>;
    };
    return kept.reader === reader ? new Map(Object.entries(kept.values)) : new Map();
  } catch {
    return new Map();
  }
}

/** Under another name first, so that nobody reads half of it. Where it cannot be written, texts are read each time. */
function write(path: string, text: string): void {
  const draft = `${path}.${randomUUID()}`;
  try {
    if (!existsSync(dirname(dirname(path)))) return;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(draft, text, { flag: 'wx' });
    renameSync(draft, path);
  } catch {
    rmSync(draft, { force: true });
  }
}
