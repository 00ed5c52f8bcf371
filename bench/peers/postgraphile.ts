import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { packageRoot } from '../../src/package-root.ts';

const PEERS = join(packageRoot, 'bench', 'peers');
const FOLDER = join(PEERS, '.postgraphile');
const VERSIONS = ['postgraphile@5.1.5', 'pg@8.23.1', 'graphql@16.15.0'];

/** Installed from npm once, into a folder that is not kept: it is no dependency of the project. */
function requirePeer(): void {
  if (existsSync(join(FOLDER, 'node_modules', 'postgraphile'))) return;
  console.log('installing PostGraphile to compare with …');
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, 'package.json'), '{"private": true}\n');
  const done = spawnSync('npm', ['install', '--save-exact', '--no-audit', '--no-fund', ...VERSIONS], {
    cwd: FOLDER,
    encoding: 'utf8',
  });
  if (done.status !== 0) throw new Error(`PostGraphile could not be installed: ${done.stderr.slice(-2000)}`);
}

export interface Peer {
  readonly url: string;
  readonly process: ChildProcess;
}

export async function startPostgraphile(api: string, recorder: string): Promise<Peer> {
  requirePeer();
  const peer = spawn(process.execPath, [join(PEERS, 'postgraphile.mjs'), FOLDER, api, recorder], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production', GRAPHILE_ENV: 'production' },
  });
  const lines = createInterface(peer.stdout);
  return new Promise((resolve, reject) => {
    lines.once('line', (url) => resolve({ url, process: peer }));
    peer.once('exit', (code) => reject(new Error(`PostGraphile ended (${code})`)));
  });
}
