import { strFromU8, unzipSync } from 'fflate';
import { zipOf } from '../../../src/contracts/template/zip.ts';

/**
 * The library writes the time of day into a document, and numbers bookmarks across documents; here the day of the release
 * stands in the place of the one, and each document begins with the first of the other.
 */
export function sameBytes(document: Uint8Array, day: string): Uint8Array {
  const parts = unzipSync(document);
  const names = Object.keys(parts).toSorted();
  return zipOf(
    new Map(
      names.map((name) => {
        const content = parts[name] ?? new Uint8Array();
        if (name === 'docProps/core.xml') return [name, dated(strFromU8(content), day)] as const;
        return [name, name === 'word/document.xml' ? renumbered(strFromU8(content)) : content] as const;
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

function renumbered(document: string): string {
  const numbers = new Map<string, number>();
  return document.replaceAll(
    /(<w:bookmark(?:Start|End)[^>]*? w:id=")([^"]*)(")/g,
    (_, before: string, id: string, after: string) => {
      const number = numbers.get(id) ?? numbers.size + 1;
      numbers.set(id, number);
      return `${before}${number}${after}`;
    },
  );
}
