/** One night of a hub that answers meanwhile, begun as its clock begins it: in a process of its own, at low priority. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { basename, join } from 'node:path';
import type { NightReport } from '../../etl/night/stage-of-night.ts';
import { packageRoot } from '../../src/package-root.ts';
import type { BenchHub } from '../api/hub.ts';
import { type ProcessWatch, watchProcesses } from './process-watch.ts';

export interface NightTaken {
  readonly report: NightReport;
  /** From the moment that the process was begun until it had ended. */
  readonly seconds: number;
  readonly began: Date;
  readonly ended: Date;
  readonly watch: ProcessWatch;
}

export async function haveNight(hub: BenchHub, folder: string, deliveries: string): Promise<NightTaken> {
  const inbox = join(folder, 'inbox');
  mkdirSync(inbox, { recursive: true });
  cpSync(deliveries, join(inbox, basename(deliveries)), { recursive: true });
  const began = new Date();
  const child = spawn(
    process.execPath,
    [join(packageRoot, 'dist/src/app/cli.js'), 'nightly', '--until', 'candidate', '--json'],
    {
      env: { ...process.env, TESSERA_DATA_DIR: folder, TESSERA_DEMO: 'off' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
  const watch = watchProcesses(() => [hub.process.pid, child.pid].filter((pid) => pid !== undefined));
  let [out, said] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await once(child, 'close');
  watch.stop();
  if (child.exitCode !== 0) throw new Error(`the night ended with ${child.exitCode}: ${said}${out}`);
  const ended = new Date();
  const seconds = (ended.getTime() - began.getTime()) / 1000;
  return { report: JSON.parse(out) as NightReport, seconds, began, ended, watch };
}
