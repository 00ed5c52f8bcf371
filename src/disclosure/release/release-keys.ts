import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the publisher holds: the key that signs, and the one that keeps fingerprints of facts from being guessed. */
export interface ReleaseKeys {
  readonly keyId: string;
  readonly privateKey: KeyObject;
  readonly publicKeyPem: string;
  readonly commitmentKey: Uint8Array;
}

const FILE = 'release-keys.json';

/** Made up on first use and kept in the data folder, readable by the hub's own account only. */
export function keptReleaseKeys(dataDir: string): ReleaseKeys {
  const file = join(dataDir, FILE);
  if (!existsSync(file)) keep(file);
  const kept = JSON.parse(readFileSync(file, 'utf8')) as { signing: string; commitment: string };
  return releaseKeys(createPrivateKey(kept.signing), Buffer.from(kept.commitment, 'base64url'));
}

export function releaseKeys(privateKey: KeyObject, commitmentKey: Uint8Array): ReleaseKeys {
  const publicKeyPem = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString();
  const keyId = createHash('sha256').update(publicKeyPem).digest('hex').slice(0, 16);
  return { keyId, privateKey, publicKeyPem, commitmentKey };
}

/** Written whole before it gets its name: two hubs that start at once end with the same keys. */
function keep(file: string): void {
  const draft = `${file}-draft-${process.pid}`;
  const signing = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
  const commitment = randomBytes(32).toString('base64url');
  writeFileSync(draft, JSON.stringify({ signing, commitment }), { mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}
