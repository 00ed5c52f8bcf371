import { copyText } from '../../src/db/copy.ts';

const BATCH = 10_000;

export function* inBatches<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < all.length; from += BATCH) yield all.slice(from, from + BATCH);
}

/** Rows in COPY's text format, some thousands of them at a time. */
export async function* rowsOf<T>(
  all: Iterable<T>,
  cells: (one: T) => readonly (string | number)[],
): AsyncGenerator<string> {
  let [text, held] = ['', 0];
  for (const one of all) {
    text += `${cells(one).map(copyText).join('\t')}\n`;
    if (++held === BATCH) {
      yield text;
      [text, held] = ['', 0];
    }
  }
  if (text !== '') yield text;
}

/** Bytes as text that the database reads as bytea. */
export function bytea(hex: string): string {
  return `\\x${hex}`;
}
