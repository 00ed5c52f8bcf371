/** Questions that were read before they were let in: in production, no other is answered. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripIgnoredCharacters } from 'graphql';
import { schemaFolder } from '../contracts/contracts.ts';
import { remembered } from './remembered.ts';

export interface TrustedDocuments {
  /** The document of a hash; undefined for one that is not registered. */
  find(hash: string): string | undefined;
  has(document: string): boolean;
}

export const trustedFolder: string = join(schemaFolder, 'trusted-documents');

export function readTrustedDocuments(folder: string = trustedFolder): TrustedDocuments {
  const byHash = new Map(
    readdirSync(folder)
      .filter((file) => file.endsWith('.graphql'))
      .map((file) => readFileSync(join(folder, file), 'utf8'))
      .map((document) => [documentHash(document), document]),
  );
  return {
    find: (hash) => byHash.get(hash),
    has: (document) => byHash.has(documentHash(document)),
  };
}

/** White space and comments do not make another question; what is no question has the hash of its own text. */
export const documentHash: (document: string) => string = remembered((document) => {
  let bare = document;
  try {
    bare = stripIgnoredCharacters(document);
  } catch {
    // It will be refused as no question; the record still names it.
  }
  return createHash('sha256').update(bare).digest('hex');
});
