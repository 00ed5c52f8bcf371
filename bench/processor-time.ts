import { existsSync, readFileSync } from 'node:fs';
import type { DataSource } from 'typeorm';

/** Ticks in a second, as Linux tells times of processes. */
const TICKS = 100;

/**
 * Seconds of processor time that this process and the connections of a source have taken so far: on a busy machine they
 * tell more than the clock. Where there is no /proc they are this process's alone.
 */
export async function processorSeconds(source: DataSource): Promise<number> {
  const { user, system } = process.cpuUsage();
  const own = await source.query<{ pid: number }[]>(
    'SELECT pid FROM pg_stat_activity WHERE usename = current_user',
  );
  return own.reduce((sum, { pid }) => sum + secondsOf(pid), (user + system) / 1e6);
}

function secondsOf(pid: number): number {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return 0;
  // The name of the program, in brackets, may hold spaces; user and system time are the 12th and 13th after it.
  const after = readFileSync(file, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(after[11]) + Number(after[12])) / TICKS;
}
