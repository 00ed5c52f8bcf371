/** A real PostgreSQL 18 that belongs to one process: made on first use, stopped with its owner. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { Unavailable } from '../../errors.ts';
import { type DatabaseTarget, databaseTarget } from '../target.ts';
import { type Account, serverAccount } from './account.ts';
import { serverBinaries } from './binaries.ts';
import { ensureCluster } from './cluster.ts';
import { clearOrphan } from './orphan.ts';
import { keptSecrets, type Secrets } from './secrets.ts';

export interface EmbeddedServer {
  readonly target: DatabaseTarget;
  stop(): Promise<void>;
}

/** The caller holds the data folder (holder.ts). */
export async function startEmbeddedServer(
  dataDir: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<EmbeddedServer> {
  const account = serverAccount();
  const binaries = serverBinaries(account, dataDir);
  const secrets = keptSecrets(dataDir);
  const cluster = ensureCluster(dataDir, binaries, account, secrets.superuserPassword);
  await clearOrphan(cluster);
  // One that is started again in place of another keeps its address.
  const port = settings['port'] === undefined ? await freePort() : Number(settings['port']);
  const server = launch(binaries.postgres, cluster, port, dataDir, account, settings);
  await untilReady(server, port, secrets, dataDir);
  await ensureDatabase(port, secrets);
  const addressFile = join(dataDir, 'address.json');
  writeFileSync(addressFile, JSON.stringify({ port }), { mode: 0o600 });
  return {
    target: embeddedTarget(port, secrets),
    async stop() {
      rmSync(addressFile, { force: true });
      if (server.exitCode !== null || server.signalCode !== null) return;
      const exit = once(server, 'exit');
      server.kill('SIGINT');
      await exit;
    },
  };
}

/** The server that the holder of the data folder runs, for a command that works beside it. */
export function runningEmbeddedTarget(dataDir: string): DatabaseTarget | undefined {
  try {
    const { port } = JSON.parse(readFileSync(join(dataDir, 'address.json'), 'utf8')) as { port: number };
    return embeddedTarget(port, keptSecrets(dataDir));
  } catch {
    return undefined;
  }
}

function embeddedTarget(port: number, secrets: Secrets): DatabaseTarget {
  const url = `postgres://tessera_owner:${secrets.ownerPassword}@127.0.0.1:${port}/tessera`;
  return databaseTarget(url, secrets.roleSecret, true);
}

function launch(
  postgres: string,
  cluster: string,
  port: number,
  dataDir: string,
  account: Account | undefined,
  settings: Readonly<Record<string, string>>,
): ChildProcess {
  const options = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    // An error's message, its detail and its statement can each hold a value of a row. The hub gets them and logs
    // their codes; the server's log gets none.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    shared_buffers: '512MB',
    max_connections: '200',
    ...settings,
  };
  const logFolder = join(dataDir, 'log');
  mkdirSync(logFolder, { recursive: true, mode: 0o700 });
  const log = openSync(join(logFolder, 'postgres.log'), 'a', 0o600);
  try {
    return spawn(
      postgres,
      ['-D', cluster, ...Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      {
        ...(account === undefined ? {} : { uid: account.uid, gid: account.gid }),
        cwd: cluster,
        stdio: ['ignore', log, log],
        // A group of its own: Ctrl-C reaches the hub, which finishes its work before it stops the server.
        detached: true,
      },
    );
  } finally {
    closeSync(log);
  }
}

async function untilReady(
  server: ChildProcess,
  port: number,
  secrets: Secrets,
  dataDir: string,
): Promise<void> {
  let failure: Error | undefined;
  server.once('error', (error) => {
    failure = error;
  });
  for (let waited = 0; waited < 60_000; waited += 25) {
    if (failure !== undefined || server.exitCode !== null) break;
    if (await answers(port, secrets)) return;
    await sleep(25);
  }
  server.kill('SIGQUIT');
  throw new Unavailable('DATABASE_NOT_STARTED', 'The embedded PostgreSQL did not start.', {
    remedy: `Read the end of ${join(dataDir, 'log', 'postgres.log')}.`,
    cause: failure,
  });
}

async function answers(port: number, secrets: Secrets): Promise<boolean> {
  try {
    await asSuperuser(port, secrets, 'postgres', (client) => client.query('SELECT 1'));
    return true;
  } catch {
    return false;
  }
}

async function ensureDatabase(port: number, secrets: Secrets): Promise<void> {
  await asSuperuser(port, secrets, 'postgres', async (client) => {
    const { rows } = await client.query<{ role: boolean; database: boolean }>(
      `SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tessera_owner') AS role,
              EXISTS (SELECT FROM pg_database WHERE datname = 'tessera') AS database`,
    );
    if (rows[0]?.role === false) {
      await client.query(
        `CREATE ROLE tessera_owner LOGIN CREATEROLE CREATEDB PASSWORD ${client.escapeLiteral(secrets.ownerPassword)}`,
      );
    }
    if (rows[0]?.database === false) await client.query('CREATE DATABASE tessera OWNER tessera_owner');
  });
}

async function asSuperuser<T>(
  port: number,
  secrets: Secrets,
  database: string,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client({
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password: secrets.superuserPassword,
    database,
  });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('a TCP server without a port');
  return address.port;
}
