/**
 * Looks every few minutes whether the night is due, and begins it in a process of its own at low priority, so that the
 * hub answers meanwhile. The ledger knows when the last one began; the clock here only asks.
 */
import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { schedule } from 'node-cron';
import type { DataSource } from 'typeorm';
import { nightDue } from '../../etl/schedule/night-due.ts';
import { readRows } from '../db/read-rows.ts';
import { packageRoot } from '../package-root.ts';
import type { Log } from './log.ts';

export interface NightClock {
  stop(): Promise<void>;
}

export function keepNights(api: DataSource, hour: number, log: Log): NightClock {
  const since = new Date();
  const task = schedule(
    '*/5 * * * *',
    async () => {
      const last = await lastNight(api);
      if (nightDue(hour, last ?? since, new Date())) beginNight(log);
    },
    { timezone: 'Etc/UTC', noOverlap: true, name: 'night' },
  );
  return {
    async stop() {
      await task.destroy();
    },
  };
}

async function lastNight(api: DataSource): Promise<Date | undefined> {
  const [row] = await readRows<{ began: Date | null }>(
    api,
    { county: '*' },
    `SELECT max(started_at) AS began FROM ledger.run WHERE kind = 'night'`,
  );
  return row?.began ?? undefined;
}

/** It goes on when the hub is stopped: its stages are its own, and it ends by itself. */
function beginNight(log: Log): void {
  const command = [
    join(packageRoot, 'dist/src/app/cli.js'),
    'nightly',
    '--json',
    '--requested-by',
    'schedule',
  ];
  const child = spawn(process.execPath, command, { stdio: 'ignore' });
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
  log.info('the night begins');
  child.on('exit', (code) => {
    if (code === 0) log.info('the night is over');
    else log.warn({ code }, 'the night ended early: npx tessera status says where');
  });
  child.on('error', () => log.warn('the night could not be begun'));
}
