import { createHash } from 'node:crypto';
import { mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { checkoutDataDir, type Settings } from '../config.ts';
import { Unavailable } from '../errors.ts';
import { packageRoot } from '../package-root.ts';
import { canReach, serverAccount } from './embedded/account.ts';

/** The data folder, made on first use: others may walk through it (the database's account must) but read nothing. */
export function prepareDataDir(settings: Settings): string {
  const wanted = settings.dataDir ?? defaultDataDir(settings);
  try {
    mkdirSync(wanted, { recursive: true, mode: 0o711 });
    const probe = join(wanted, `.writable-${process.pid}`);
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (cause) {
    throw new Unavailable('DATA_FOLDER', `The data folder ${wanted} cannot be written.`, {
      remedy:
        'Give your account the right to write there, or set TESSERA_DATA_DIR to a folder where it has it.',
      cause,
    });
  }
  const folder = realpathSync(wanted);
  if (settings.databaseUrl === undefined && !canReach(serverAccount(), folder)) {
    throw new Unavailable('DATA_FOLDER', `The database’s account cannot reach the data folder ${folder}.`, {
      remedy:
        'PostgreSQL does not run as root: set TESSERA_DATA_DIR to a folder whose parents let others pass.',
    });
  }
  return folder;
}

/** Root's own home is closed to the account that the database runs as; a checkout there keeps its data elsewhere. */
function defaultDataDir(settings: Settings): string {
  if (settings.databaseUrl !== undefined || canReach(serverAccount(), packageRoot)) return checkoutDataDir;
  const mark = createHash('sha256').update(packageRoot).digest('hex').slice(0, 8);
  return join('/var/lib/tessera', `${basename(packageRoot)}-${mark}`);
}
