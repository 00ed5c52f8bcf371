import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import { packageRoot } from '../package-root.ts';

/**
 * Reading the YAML of `schema/` took most of the time of every command, so the build reads it ahead. A text is known
 * by its SHA-256 and by nothing else: one that was changed since the build is simply not known, and read as before.
 */
export const parsedAheadFile: string = join(packageRoot, 'dist', 'schema-parsed.json');

type ParsedTexts = Readonly<Record<string, unknown>>;

let known: ParsedTexts | undefined;

/** What the build read from this very text; undefined when the text is new. */
export function parsedAhead(yaml: string): unknown {
  known ??= existsSync(parsedAheadFile)
    ? (JSON.parse(readFileSync(parsedAheadFile, 'utf8')) as ParsedTexts)
    : {};
  return known[hashOf(yaml)];
}

/** Texts by hash with what they say, without those that are no YAML or that JSON cannot carry unchanged. */
export function parseAhead(texts: readonly string[]): ParsedTexts {
  return Object.fromEntries(
    texts.flatMap((yaml) => {
      const value = carried(yaml);
      return value === undefined ? [] : [[hashOf(yaml), value]];
    }),
  );
}

function carried(yaml: string): unknown {
  try {
    const value: unknown = parse(yaml, { uniqueKeys: true });
    return isDeepStrictEqual(JSON.parse(JSON.stringify(value)), value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function hashOf(yaml: string): string {
  return createHash('sha256').update(yaml).digest('hex');
}
