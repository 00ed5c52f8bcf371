import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the hub makes up for itself on its first start and keeps, readable by its own account only. */
export interface Secrets {
  readonly superuserPassword: string;
  readonly ownerPassword: string;
  readonly roleSecret: string;
  /** Makes surrogates of agencies' pseudonyms: whoever loses it cannot tell who came before. */
  readonly surrogateKey: string;
}

/** Written whole before it gets its name, so that a kill leaves either no secrets or all of them. */
export function keptSecrets(dataDir: string): Secrets {
  const file = join(dataDir, 'secrets.json');
  if (!existsSync(file)) {
    const draft = `${file}-draft-${process.pid}`;
    const made: Secrets = {
      superuserPassword: made32(),
      ownerPassword: made32(),
      roleSecret: made32(),
      surrogateKey: made32(),
    };
    writeFileSync(draft, JSON.stringify(made), { mode: 0o600 });
    try {
      linkSync(draft, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      rmSync(draft, { force: true });
    }
  }
  return JSON.parse(readFileSync(file, 'utf8')) as Secrets;
}

function made32(): string {
  return randomBytes(32).toString('base64url');
}
