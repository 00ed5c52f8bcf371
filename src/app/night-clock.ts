/**
 * Looks every few minutes whether the night is due, and begins it in a process of its own at low priority, so that the
 * hub answers meanwhile. The ledger knows when nights began; the clock here only asks.
 */
import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { schedule } from 'node-cron';
import type { DataSource } from 'typeorm';
import type { Calendar } from '../../etl/schedule/calendar.ts';
import { isDue } from '../../etl/schedule/due.ts';
import { readSchedule } from '../../etl/schedule/schedule-file.ts';
import type { Settings } from '../config.ts';
import { packageRoot } from '../package-root.ts';
import { holdsInForce } from '../runs/holds.ts';
import { nightsBegan } from '../runs/nights.ts';
import type { Hub } from './hub.ts';
import type { Log } from './log.ts';
import { watchOver } from './watch-over.ts';

export interface NightClock {
  stop(): Promise<void>;
}

type Clocked = Pick<Settings, 'nightHour' | 'schedule'>;

export async function keepNights(hub: Hub, settings: Settings, log: Log): Promise<NightClock> {
  const since = new Date();
  const loader = await hub.as('loader');
  // A schedule that cannot be read ends the start, and not the first night.
  readSchedule(settings.schedule);
  const watching = schedule(
    '*/15 * * * *',
    async () => {
      try {
        await watchOver(hub, settings, readSchedule(settings.schedule));
      } catch (error) {
        log.error({ error: (error as Error).name }, 'the hub could not be looked after');
      }
    },
    { timezone: 'Etc/UTC', noOverlap: true, name: 'watch' },
  );
  const task = schedule(
    '*/5 * * * *',
    async () => {
      try {
        if (await nightIsDue(loader, settings, since)) beginNight(log);
      } catch (error) {
        log.error({ error: (error as Error).name }, 'whether a night is due could not be asked');
      }
    },
    { timezone: 'Etc/UTC', noOverlap: true, name: 'night' },
  );
  return {
    async stop() {
      await watching.destroy();
      await task.destroy();
    },
  };
}

/** A hub that never had a night waits for its first hour. */
export async function nightIsDue(loader: DataSource, settings: Clocked, since?: Date): Promise<boolean> {
  const { now, began } = await nightsBegan(loader);
  const { blackouts } = readSchedule(settings.schedule);
  const known = since === undefined ? began : [...began, since];
  if (known.length === 0 || !isDue(nightCalendar(settings), known, now, blackouts)) return false;
  return (await holdsInForce(loader)).of('night') === undefined;
}

export function nightCalendar({ nightHour }: Pick<Settings, 'nightHour'>): Calendar {
  return { every: 'day', at: nightHour * 60 };
}

/** It goes on when the hub is stopped: its stages are its own, and it ends by itself. */
function beginNight(log: Log): void {
  const command = [
    join(packageRoot, 'dist/src/app/cli.js'),
    'nightly',
    '--json',
    '--if-due',
    '--requested-by',
    'schedule',
  ];
  const child = spawn(process.execPath, command, { stdio: 'ignore' });
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
  log.info('the night begins');
  child.on('exit', (code) => {
    if (code === 0) log.info('the night is over');
    else if (code === 5) log.info('another process has the night, or had it');
    else log.warn({ code }, 'the night ended early: npx tessera status says where');
  });
  child.on('error', () => log.warn('the night could not be begun'));
}
