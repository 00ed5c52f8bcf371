/**
 * Does the jobs that people asked for, one after the other, each by the command that a person would use: the web server
 * has neither the rights nor the time.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { packageRoot } from '../../package-root.ts';
import { type AskedJob, beginNextJob, endJob } from '../../runs/asked-jobs.ts';
import type { Log } from '../log.ts';

export interface JobQueue {
  /** Once the hub answers: one that cannot open its port does nobody's job. */
  begin(): void;
  /** There may be something to do. */
  readonly wake: () => void;
  close(): Promise<void>;
}

/** How a command ended: its exit code, and what it said of an error. */
export type RunCommand = (
  words: readonly string[],
  signal: AbortSignal,
) => Promise<{ readonly code: number | null; readonly said: string }>;

const AGAIN_MS = 5000;

export function jobQueue(api: DataSource, log: Log, run: RunCommand = runCommand): JobQueue {
  const stop = new AbortController();
  let work = Promise.resolve();
  const wake = (): void => {
    work = work
      .then(() => doAll(api, log, run, stop.signal))
      .catch((error: unknown) => {
        log.error({ error: (error as Error).name }, 'jobs were not done');
      });
  };
  let again: NodeJS.Timeout | undefined;
  return {
    wake,
    begin() {
      again = setInterval(wake, AGAIN_MS);
      wake();
    },
    async close() {
      clearInterval(again);
      stop.abort();
      await work;
    },
  };
}

async function doAll(api: DataSource, log: Log, run: RunCommand, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const begun = await beginNextJob(api);
    if (begun === undefined) return;
    const { job, release } = begun;
    try {
      const { code, said } = await run(commandOf(job), signal);
      // A hub that stops leaves the job to the next start.
      if (signal.aborted) return;
      const outcome = code === 0 ? 'done' : code === 2 || code === 3 || code === 6 ? 'refused' : 'failed';
      const named = /^([A-Z][A-Z_]{2,60}):/m.exec(said)?.[1] ?? null;
      await endJob(api, job.id, { outcome, code: outcome === 'done' ? null : named });
      log.info({ job: job.id, kind: job.job, outcome, code: named }, 'a job that was asked for is over');
    } finally {
      await release();
    }
  }
}

/** Each value in one word with its option, so that none can be taken for an option. */
function commandOf(asked: AskedJob): string[] {
  if (asked.job === 'night') {
    const { from, until } = asked.arguments;
    return [
      'nightly',
      '--json',
      `--requested-by=person ${asked.askedBy}`,
      ...(from === undefined ? [] : [`--from=${from}`]),
      ...(until === undefined ? [] : [`--until=${until}`]),
    ];
  }
  if (asked.job === 'release') {
    const { period, corrects } = asked.arguments;
    const correcting = corrects === undefined ? [] : [`--corrects=${corrects}`];
    return ['release', 'make', '--json', `--period=${period}`, ...correcting];
  }
  if (asked.job === 'report') return ['report', 'edition', asked.arguments.edition, '--json'];
  if (asked.job === 'dataset') {
    const { request, release } = asked.arguments;
    const of = release === undefined ? [] : [`--release=${release}`];
    return ['dataset', 'release', request, '--json', `--as=${asked.askedBy}`, ...of];
  }
  const { number, because } = asked.arguments;
  return ['release', 'withdraw', String(number), '--json', `--because=${because}`];
}

async function runCommand(
  words: readonly string[],
  signal: AbortSignal,
): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [join(packageRoot, 'dist/src/app/cli.js'), ...words], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  const end = (): void => void child.kill('SIGTERM');
  signal.addEventListener('abort', end);
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    if (said.length < 10_000) said += chunk.toString();
  });
  try {
    await once(child, 'close');
    return { code: child.exitCode, said };
  } finally {
    signal.removeEventListener('abort', end);
  }
}
