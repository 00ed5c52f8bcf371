/**
 * Takes finished uploads in, one after the other, each by the command that a person would use: the web server has
 * neither the loader's rights nor the time.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import {
  answerUpload,
  dropStale,
  type WaitingUpload,
  waitingUploads,
} from '../../../etl/receive/upload/upload.ts';
import { packageRoot } from '../../package-root.ts';
import type { Log } from '../log.ts';

export interface IntakeQueue {
  /** There may be something to take in. */
  wake(): void;
  close(): Promise<void>;
}

const CLI = join(packageRoot, 'dist/src/app/cli.js');
const AGAIN_MS = 15_000;
const HOUR_MS = 3_600_000;
/** How long an upload waits for its next piece, and an answer for its reader. */
const KEPT_MS = 7 * 24 * HOUR_MS;

export function intakeQueue(root: string, log: Log): IntakeQueue {
  const stop = new AbortController();
  let work = Promise.resolve();
  const wake = (): void => {
    work = work
      .then(() => takeAll(root, log, stop.signal))
      .catch((error: unknown) => {
        log.error({ error: (error as Error).name }, 'uploads were not taken in');
      });
  };
  const again = setInterval(wake, AGAIN_MS);
  const sweep = (): void => void dropStale(root, Date.now() - KEPT_MS).catch(() => {});
  const sweeping = setInterval(sweep, HOUR_MS);
  sweep();
  wake();
  return {
    wake,
    async close() {
      clearInterval(again);
      clearInterval(sweeping);
      stop.abort();
      await work;
    },
  };
}

async function takeAll(root: string, log: Log, signal: AbortSignal): Promise<void> {
  for (const upload of await waitingUploads(root)) {
    if (signal.aborted) return;
    const { code, output } = await deliver(upload, signal);
    // Loaded, unchanged or refused is an answer; a database that is away is none, and is asked again later.
    if (code === 0 || code === 2) await answerUpload(upload, JSON.parse(output));
    else log.warn({ upload: upload.id, code }, 'an upload could not be taken in yet');
  }
}

async function deliver(
  { folder, askedBy }: WaitingUpload,
  signal: AbortSignal,
): Promise<{ code: number | null; output: string }> {
  const child = spawn(
    process.execPath,
    [CLI, 'deliver', join(folder, 'content'), '--json', '--requested-by', askedBy],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  const end = (): void => void child.kill('SIGTERM');
  signal.addEventListener('abort', end);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  try {
    await once(child, 'close');
    return { code: child.exitCode, output };
  } finally {
    signal.removeEventListener('abort', end);
  }
}
