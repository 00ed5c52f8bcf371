/** The demo in a process of its own: making a state keeps a processor busy, and the hub answers meanwhile. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../package-root.ts';
import type { Log } from './log.ts';

export interface DemoProcess {
  /** Ends it if it still runs; the next start takes it up. */
  stop(): Promise<void>;
}

export function startDemo(log: Log): DemoProcess {
  const child = spawn(process.execPath, [join(packageRoot, 'dist/src/app/cli.js'), 'demo', '--json'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  let stopping = false;
  child.on('exit', (code) => {
    if (stopping) return;
    if (code === 0) log.info('the made-up state is loaded');
    else log.warn({ code, reason: complaint.split(':')[0] }, 'the made-up state was not loaded');
  });
  child.on('error', () => log.warn('the made-up state could not be begun'));
  return {
    async stop() {
      stopping = true;
      if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}
