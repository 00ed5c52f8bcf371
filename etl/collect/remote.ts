/** A place elsewhere that deliveries lie at. */
import type { Readable } from 'node:stream';
import type { Remote } from '../schedule/schedule-file.ts';

export interface RemoteFolder {
  /** Everything that lies in the folder, its manifest too. */
  readonly names: readonly string[];
  readonly read: (file: string) => Promise<Readable>;
}

export interface RemoteSource {
  /** Those with a manifest: the others are still being written. */
  readonly folders: () => Promise<readonly RemoteFolder[]>;
  readonly close: () => Promise<void>;
}

export type OpenRemote = (remote: Remote) => Promise<RemoteSource>;
