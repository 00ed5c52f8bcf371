import { strFromU8, unzipSync } from 'fflate';
import { zipOf } from '../../../src/contracts/template/zip.ts';

/** The library writes the time of day into a document; here the day of the release stands in its place. */
export function sameBytes(document: Uint8Array, day: string): Uint8Array {
  const parts = unzipSync(document);
  const names = Object.keys(parts).toSorted();
  return zipOf(
    new Map(
      names.map((name) => {
        const content = parts[name] ?? new Uint8Array();
        return [name, name === 'docProps/core.xml' ? dated(strFromU8(content), day) : content] as const;
      }),
    ),
  );
}

function dated(core: string, day: string): string {
  return core.replaceAll(
    /(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)/g,
    (_, before: string, after: string) => `${before}${day}T00:00:00Z${after}`,
  );
}
