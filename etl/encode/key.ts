import { createHash, hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { Misuse, Refused } from '../../src/errors.ts';

/**
 * A project key is made of two shares of 32 random bytes, kept by two custodians: neither can derive a token
 * alone. They meet only in the memory of an encoding machine, and never at the hub.
 */
export type Share = 'secret' | 'salt';

export interface KeyShare {
  readonly project: string;
  readonly version: number;
  readonly share: Share;
  readonly bytes: Uint8Array;
}

export interface ProjectKey {
  readonly project: string;
  readonly version: number;
  readonly secret: Uint8Array;
  readonly salt: Uint8Array;
}

const HEADER = 'tessera-key 1';
const SHARE_BYTES = 32;
const PROJECT = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** A text file: the header, then `name: value` lines; `check` catches a damaged copy. */
export function formatShare(share: KeyShare): string {
  const body = [
    HEADER,
    `project: ${share.project}`,
    `version: ${share.version}`,
    `share: ${share.share}`,
    `bytes: ${Buffer.from(share.bytes).toString('base64')}`,
  ].join('\n');
  return `${body}\ncheck: ${checksum(body)}\n`;
}

export function parseShare(text: string, file: string): KeyShare {
  const remedy = 'make a key with `tessera key new`, or ask its custodian for a fresh copy';
  const lines = text.replaceAll('\r\n', '\n').trimEnd().split('\n');
  if (lines[0] !== HEADER) throw new Refused('KEY_FORMAT', `${file} is not a Tessera key file`, { remedy });
  const entry = (name: string): string => {
    const line = lines.find((candidate) => candidate.startsWith(`${name}: `));
    if (line === undefined) throw new Refused('KEY_FORMAT', `${file} has no line "${name}"`, { remedy });
    return line.slice(name.length + 2);
  };
  if (checksum(lines.slice(0, -1).join('\n')) !== entry('check'))
    throw new Refused('KEY_DAMAGED', `${file} does not match its own check line`, { remedy });
  const share = entry('share');
  const version = Number(entry('version'));
  const bytes = Buffer.from(entry('bytes'), 'base64');
  if (share !== 'secret' && share !== 'salt')
    throw new Refused('KEY_FORMAT', `${file} holds neither share of a key`, { remedy });
  if (!Number.isInteger(version) || version < 1 || bytes.length !== SHARE_BYTES)
    throw new Refused('KEY_FORMAT', `${file} has a version or a length that no key has`, { remedy });
  return { project: entry('project'), version, share, bytes: new Uint8Array(bytes) };
}

function checksum(body: string): string {
  return createHash('sha256').update(body).digest('hex').slice(0, 16);
}

export function newKey(project: string, version = 1): ProjectKey {
  if (!PROJECT.test(project))
    throw new Misuse('KEY_PROJECT', 'a project name is 1 to 63 lower-case letters, digits and hyphens');
  return {
    project,
    version,
    secret: new Uint8Array(randomBytes(SHARE_BYTES)),
    salt: new Uint8Array(randomBytes(SHARE_BYTES)),
  };
}

/** A new key for the same project: unrelated bytes, the next version. Old and new encodings never compare. */
export function rotateKey(key: ProjectKey): ProjectKey {
  return newKey(key.project, key.version + 1);
}

export function shareOf(key: ProjectKey, share: Share): KeyShare {
  return { project: key.project, version: key.version, share, bytes: key[share] };
}

/** Puts two shares together, and refuses two that were not made together as far as their labels tell. */
export function joinShares(secret: KeyShare, salt: KeyShare): ProjectKey {
  if (secret.share !== 'secret' || salt.share !== 'salt')
    throw new Refused('KEY_SHARES', `the two files hold the shares ${secret.share} and ${salt.share}`, {
      remedy: 'give the secret with --secret-file and the salt with --salt-file',
    });
  if (secret.project !== salt.project || secret.version !== salt.version)
    throw new Refused('KEY_SHARES', 'the two shares belong to different projects or versions', {
      remedy: 'ask both custodians for the shares of one version',
    });
  return { project: secret.project, version: secret.version, secret: secret.bytes, salt: salt.bytes };
}

/** `length` bytes for one purpose. Different purposes give unrelated bytes. */
export function deriveKey(key: ProjectKey, purpose: string, length = 64): Uint8Array {
  const info = `tessera/1|${key.project}|${key.version}|${purpose}`;
  return new Uint8Array(hkdfSync('sha256', key.secret, key.salt, info, length));
}

/** Names a key without telling anything about it; both custodians and the hub may compare fingerprints aloud. */
export function fingerprint(key: ProjectKey): string {
  return Buffer.from(deriveKey(key, 'fingerprint', 8)).toString('hex');
}

/** What every encoded row carries, so that rows under different keys are never compared: `v2-0123456789abcdef`. */
export function keyVersion(key: ProjectKey): string {
  return `v${key.version}-${fingerprint(key)}`;
}

/** Refuses rows that were encoded under another key than the project's current one. */
export function requireKeyVersion(expected: string, found: string, delivery: string): void {
  if (found === expected) return;
  throw new Refused(
    'KEY_VERSION',
    `${delivery} was encoded under key ${found}, and this project links under ${expected}`,
    { remedy: 'encode the delivery again with the current shares; `tessera key fingerprint` names a key' },
  );
}

/** The salt's custodian sends a second file; by default it lies beside the secret. */
export function readKey(secretFile: string, saltFile: string = `${secretFile}.salt`): ProjectKey {
  return joinShares(readShare(secretFile), readShare(saltFile));
}

function readShare(file: string): KeyShare {
  return parseShare(readSecretFile(file), file);
}

/** Reads a file that holds a secret, and refuses one that other accounts of the machine can read. */
export function readSecretFile(file: string): string {
  if (!existsSync(file)) throw new Misuse('KEY_FILE', `there is no key file ${file}`);
  if (process.platform !== 'win32' && (statSync(file).mode & 0o004) !== 0 && isTesseraKey(file))
    throw new Refused('KEY_EXPOSED', `${file} can be read by every account of this machine`, {
      remedy: `chmod 600 ${file}`,
    });
  return readFileSync(file, 'utf8');
}

function isTesseraKey(file: string): boolean {
  return readFileSync(file, 'utf8').startsWith(HEADER);
}

/** Writes a share for its custodian alone; an existing file is never overwritten. */
export function writeShare(file: string, share: KeyShare): void {
  if (existsSync(file))
    throw new Misuse('KEY_EXISTS', `${file} exists; a key file is never overwritten`, {
      remedy: 'choose another name',
    });
  writeFileSync(file, formatShare(share), { mode: 0o600, flag: 'wx' });
}
