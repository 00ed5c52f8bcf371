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
import type { Log } from './log.ts';

export interface NightClock {
  stop(): Promise<void>;
}

type Clocked = Pick<Settings, 'nightHour' | 'schedule'>;

export function keepNights(api: DataSource, settings: Clocked, log: Log): NightClock {
  const since = new Date();
  // A schedule that cannot be read ends the start, and not the first night.
  readSchedule(settings.schedule);
  const watching = schedule(
    '*/15 * * * *',
    () => launch(['alerts', '--look'], log, 'looking after the hub'),
    {
      timezone: 'Etc/UTC',
      noOverlap: true,
      name: 'watch',
    },
  );
  const task = schedule(
    '*/5 * * * *',
    async () => {
      try {
        if (await nightIsDue(api, settings, since)) beginNight(log);
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
export async function nightIsDue(source: DataSource, settings: Clocked, since?: Date): Promise<boolean> {
  const { now, began } = await nightsBegan(source);
  const { blackouts } = readSchedule(settings.schedule);
  const known = since === undefined ? began : [...began, since];
  if (known.length === 0 || !isDue(nightCalendar(settings), known, now, blackouts)) return false;
  return (await holdsInForce(source)).of('night') === undefined;
}

export function nightCalendar({ nightHour }: Pick<Settings, 'nightHour'>): Calendar {
  return { every: 'day', at: nightHour * 60 };
}

/** It goes on when the hub is stopped: its stages are its own, and it ends by itself. */
function beginNight(log: Log): void {
  log.info('the night begins');
  launch(['nightly', '--json', '--if-due', '--requested-by', 'schedule'], log, 'the night');
}

/** In a process of its own, with the rights that the hub does not have. */
function launch(words: readonly string[], log: Log, what: string): void {
  const child = spawn(process.execPath, [join(packageRoot, 'dist/src/app/cli.js'), ...words], {
    stdio: 'ignore',
  });
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
  child.on('exit', (code) => {
    if (code === 0) log.info(`${what} is over`);
    else if (code === 5) log.info(`${what}: another process has it, or had it`);
    else log.warn({ code }, `${what} ended early: npx tessera status says where`);
  });
  child.on('error', () => log.warn(`${what} could not be begun`));
}
