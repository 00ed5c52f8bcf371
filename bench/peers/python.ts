import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/package-root.ts';

const FOLDER = join(packageRoot, 'bench', 'peers');
/** The Python that has the peers, once one of them has run. */
export const PYTHON = join(FOLDER, '.venv', 'bin', 'python');

/** Installs the peers from the Python package index once, into a folder that is not kept. */
export function requirePeers(): void {
  if (existsSync(PYTHON)) return;
  console.log('installing the peers that the bench compares with …');
  run('python3', ['-m', 'venv', join(FOLDER, '.venv')]);
  run(PYTHON, ['-m', 'pip', 'install', '--quiet', '-r', join(FOLDER, 'requirements.txt')]);
}

/** Runs one of the scripts beside this file; it prints one JSON document on its last line. */
export function peer(script: string, ...args: readonly string[]): unknown {
  requirePeers();
  const lines = run(PYTHON, [join(FOLDER, script), ...args])
    .trimEnd()
    .split('\n');
  return JSON.parse(lines.at(-1) ?? '');
}

function run(command: string, args: readonly string[]): string {
  const done = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (done.status !== 0) throw new Error(`${command} ${args[0] ?? ''} failed: ${done.stderr.slice(-2000)}`);
  return done.stdout;
}
