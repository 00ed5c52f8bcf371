import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Unavailable } from '../../errors.ts';
import { type Account, giveTo } from './account.ts';
import type { Binaries } from './binaries.ts';

const major = '18';

/** Makes the cluster where there is none. It is made under another name first: half a cluster is never found. */
export function ensureCluster(
  dataDir: string,
  binaries: Binaries,
  account: Account | undefined,
  superuserPassword: string,
): string {
  const cluster = join(dataDir, 'postgres');
  if (existsSync(join(cluster, 'PG_VERSION'))) {
    const found = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim();
    if (found !== major) {
      throw new Unavailable(
        'DATABASE_VERSION',
        `${cluster} was made by PostgreSQL ${found}; this hub carries ${major}.`,
        {
          remedy:
            'Start the release that made it, dump the database with pg_dump, and restore the dump here.',
        },
      );
    }
    return cluster;
  }
  const draft = join(dataDir, 'postgres-draft');
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  giveTo(account, draft);
  const passwordFile = join(dataDir, 'initdb-password');
  writeFileSync(passwordFile, superuserPassword, { mode: 0o600 });
  giveTo(account, passwordFile);
  try {
    execFileSync(
      binaries.initdb,
      [
        `--pgdata=${draft}`,
        '--username=postgres',
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        // The same order of text on every machine, whatever its locale: sums and files must not depend on it.
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--locale=C',
        '--data-checksums',
      ],
      { ...account, cwd: dataDir, stdio: ['ignore', 'ignore', 'pipe'] },
    );
  } catch (cause) {
    throw new Unavailable('DATABASE_NOT_MADE', `PostgreSQL could not make its data folder in ${dataDir}.`, {
      remedy: `Check that the disk has room and that ${account?.name ?? 'your account'} may write there: ${lastLine(cause)}`,
      cause,
    });
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(draft, cluster);
  return cluster;
}

function lastLine(cause: unknown): string {
  const stderr = (cause as { stderr?: Buffer }).stderr?.toString().trim() ?? '';
  return stderr.split('\n').at(-1) ?? '';
}
