/** A place elsewhere that deliveries lie at. */
import type { Readable } from 'node:stream';
import { MANIFEST } from '../receive/manifest-name.ts';
import type { Remote } from '../schedule/schedule-file.ts';

export interface RemoteFolder {
  /** The manifest's name: encrypted, it has an ending more. */
  readonly manifest: string;
  /** Everything that lies in the folder. */
  readonly names: readonly string[];
  readonly read: (file: string) => Promise<Readable>;
}

export interface RemoteSource {
  /** Those with a manifest: the others are still being written. */
  readonly folders: () => Promise<readonly RemoteFolder[]>;
  readonly close: () => Promise<void>;
}

export type OpenRemote = (remote: Remote) => Promise<RemoteSource>;

export const ENCRYPTED = '.age';

export function manifestAmong(names: readonly string[]): string | undefined {
  return [MANIFEST, `${MANIFEST}${ENCRYPTED}`].find((name) => names.includes(name));
}
