import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { formatShare, type ProjectKey, shareOf } from '../encode/key.ts';
import { Stream } from './stream.ts';

/** The key of a made-up state follows from its seed, so that its deliveries have the same bytes everywhere. */
export function madeUpKey(seed: number): ProjectKey {
  const bytes = (share: string): Uint8Array => {
    const stream = new Stream(seed, 'key', share);
    return Uint8Array.from({ length: 32 }, () => stream.below(256));
  };
  return { project: 'made-up-data', version: 1, secret: bytes('secret'), salt: bytes('salt') };
}

/** Both shares beside the identified files, so that `tessera encode` can make the deliveries again. */
export function writeMadeUpKey(key: ProjectKey, file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, formatShare(shareOf(key, 'secret')), { mode: 0o600 });
  writeFileSync(`${file}.salt`, formatShare(shareOf(key, 'salt')), { mode: 0o600 });
}
