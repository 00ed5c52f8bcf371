/** A database server of the torture's own, which may be killed and brought back at the same address, on a disk that can be full. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { mapping } from '../../src/app/mapping.ts';
import { connect } from '../../src/db/data-source.ts';
import { type EmbeddedServer, startEmbeddedServer } from '../../src/db/embedded/server.ts';
import { migrateUp } from '../../src/db/migrate.ts';

export interface OwnServer {
  readonly roleSecret: string;
  readonly urlOf: (database: string) => string;
  /** From the migrated template. */
  readonly makeDatabase: (name: string) => Promise<void>;
  readonly query: <T>(database: string, sql: string) => Promise<T[]>;
  /** As when the power goes; then it is started again. */
  readonly kill: () => Promise<void>;
  readonly restart: () => Promise<void>;
  /** Starts it if it has ended. */
  readonly ensure: () => Promise<void>;
  /** Leaves so many MiB free on its disk; without a disk of its own, none can be full. */
  readonly leaveFree: ((mebibytes: number) => void) | undefined;
  readonly stop: () => Promise<void>;
}

const DISK_MIB = 3000;

export async function ownServer(): Promise<OwnServer> {
  const folder = mkdtempSync(join(tmpdir(), 'tessera-torture-'));
  chmodSync(folder, 0o711);
  const hasDisk = mountOwnDisk(folder);
  const port = await freePort();
  const settings = { port: String(port), shared_buffers: '128MB', max_wal_size: '256MB', wal_recycle: 'off' };
  let server: EmbeddedServer = await startEmbeddedServer(folder, settings);
  const { target } = server;
  const owner = await connect(target, 'owner', mapping, 2);
  await migrateUp(owner, target.roleSecret);
  await owner.destroy();
  const urlOf = (database: string): string => {
    const url = new URL(target.urlFor('owner'));
    url.pathname = `/${database}`;
    return url.href;
  };
  const query = async <T>(database: string, sql: string): Promise<T[]> => {
    const client = new Client({ connectionString: urlOf(database), connectionTimeoutMillis: 5000 });
    client.on('error', () => {});
    try {
      await client.connect();
      return (await client.query(sql)).rows as T[];
    } finally {
      await client.end().catch(() => {});
    }
  };
  const ensure = async (): Promise<void> => {
    for (let attempt = 0; ; attempt++) {
      try {
        await query('postgres', 'SELECT 1');
        return;
      } catch (error) {
        if (attempt === 40) throw error;
      }
      // The backends of a killed server live until they notice that it is gone.
      server = await startEmbeddedServer(folder, settings).catch(async () => {
        await sleep(250);
        return server;
      });
    }
  };
  return {
    roleSecret: target.roleSecret,
    urlOf,
    query,
    ensure,
    async makeDatabase(name) {
      await query('postgres', `CREATE DATABASE ${name} TEMPLATE tessera`);
      const roles = await query<{ rolname: string }>(
        'postgres',
        `SELECT rolname FROM pg_roles WHERE rolname LIKE 'tessera_%' AND rolname <> 'tessera_owner'`,
      );
      for (const { rolname } of roles)
        await query('postgres', `GRANT CONNECT ON DATABASE ${name} TO ${rolname}`);
      await query('postgres', `GRANT TEMPORARY ON DATABASE ${name} TO tessera_measurer`);
    },
    async kill() {
      const pid = Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
      process.kill(pid, 'SIGKILL');
      await ensure();
    },
    async restart() {
      await server.stop();
      await ensure();
    },
    leaveFree: hasDisk
      ? (mebibytes) => {
          const used = usedMib(folder);
          execFileSync('mount', ['-o', `remount,size=${Math.min(DISK_MIB, used + mebibytes)}m`, folder]);
        }
      : undefined,
    async stop() {
      await server.stop();
      if (hasDisk) execFileSync('umount', ['-l', folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** In memory, of a size that can be changed; only who may mount has it. */
function mountOwnDisk(folder: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MIB}m,mode=0711`, 'tessera-torture', folder], {
      stdio: 'ignore',
    });
    return true;
  } catch {
    return false;
  }
}

function usedMib(folder: string): number {
  const [, line = ''] = execFileSync('df', ['-m', '--output=used', folder]).toString().split('\n');
  return Number(line.trim());
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('a server without a port');
  return address.port;
}
