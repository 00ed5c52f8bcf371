import { execFileSync } from 'node:child_process';
import { accessSync, chownSync, constants, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { Unavailable } from '../../errors.ts';

/** PostgreSQL refuses to run as root, so root lends it an account of its own; others run it as themselves. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
  readonly name: string;
}

export function serverAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const found = lookUp('postgres') ?? lookUp('tessera');
  if (found !== undefined) return found;
  try {
    execFileSync('useradd', [
      '--system',
      '--user-group',
      '--no-create-home',
      '--shell',
      '/usr/sbin/nologin',
      'tessera',
    ]);
  } catch (cause) {
    throw new Unavailable(
      'NO_DATABASE_ACCOUNT',
      'PostgreSQL may not run as root, and no account could be made for it.',
      {
        remedy: 'Run the hub as another user, or make a system account named "tessera".',
        cause,
      },
    );
  }
  const made = lookUp('tessera');
  if (made === undefined) throw new Error('useradd reported success and made no account');
  return made;
}

function lookUp(name: string): Account | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid), name };
}

/** Whether the account can walk to a folder: every folder above must let others pass. */
export function canReach(account: Account | undefined, path: string): boolean {
  if (account === undefined) return readable(path);
  for (let folder = path; ; folder = dirname(folder)) {
    const entry = statSync(folder, { throwIfNoEntry: false });
    if (entry !== undefined && !mayPass(account, entry)) return false;
    if (folder === dirname(folder)) return true;
  }
}

export function giveTo(account: Account | undefined, path: string): void {
  if (account !== undefined) chownSync(path, account.uid, account.gid);
}

function mayPass(account: Account, entry: { mode: number; uid: number; gid: number }): boolean {
  if (entry.uid === account.uid) return (entry.mode & 0o100) !== 0;
  if (entry.gid === account.gid) return (entry.mode & 0o010) !== 0;
  return (entry.mode & 0o001) !== 0;
}

function readable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
