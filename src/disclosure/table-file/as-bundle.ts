/** A table to take along: a ZIP of its numbers in two formats, what they mean, and how to cite them. */
import { Zip, ZipDeflate } from 'fflate';
import type { FoundTable } from '../asked-table.ts';
import { type BundleWords, bundleTexts } from './bundle-texts.ts';

type Content = AsyncIterable<string | Uint8Array> | Iterable<string>;

/** Packed while it is read: whatever its size, the same memory. */
export function asBundle(
  found: FoundTable,
  words: BundleWords,
  numbers: { readonly csv: Content; readonly parquet: Content },
): AsyncGenerator<Uint8Array> {
  const texts = bundleTexts(found, words);
  return zipped([
    ['data.csv', numbers.csv],
    ['data.parquet', numbers.parquet],
    ...Object.entries(texts).map(([name, text]) => [name, [text]] as const),
  ]);
}

/** The first day that a ZIP can tell: parts carry no time of their own, so that the same content gives the same bytes. */
const DAY_ONE = new Date(1980, 0, 1);

async function* zipped(
  parts: readonly (readonly [name: string, content: Content])[],
): AsyncGenerator<Uint8Array> {
  const packed: Uint8Array[] = [];
  const zip = new Zip((error, bytes) => {
    if (error !== null) throw error;
    packed.push(bytes);
  });
  for (const [name, content] of parts) {
    const part = new ZipDeflate(name, { level: 6 });
    part.mtime = DAY_ONE;
    zip.add(part);
    for await (const piece of content) {
      part.push(typeof piece === 'string' ? Buffer.from(piece) : piece);
      yield* packed.splice(0);
    }
    part.push(new Uint8Array(0), true);
    yield* packed.splice(0);
  }
  zip.end();
  yield* packed.splice(0);
}
