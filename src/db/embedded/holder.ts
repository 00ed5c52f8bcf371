/** Who holds a data folder. Survives kill -9: a holder that no longer runs holds nothing. */
import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Holder {
  readonly pid: number;
  /** Tells a process from a later one that was given the same pid. */
  readonly startMark: string;
  readonly command: string;
  readonly since: string;
}

export interface Hold {
  release(): void;
}

/**
 * Takes the folder, or answers who has it. Holds are numbered files that are only ever added: the highest
 * number counts, and `link` lets one process alone add the next. Nothing is unlinked while it counts, so two
 * processes that both find a dead holder cannot both win.
 */
export function takeHold(folder: string, command: string): Hold | Holder {
  const holds = join(folder, 'holds');
  mkdirSync(holds, { recursive: true, mode: 0o700 });
  for (;;) {
    const highest = highestHold(holds);
    const holder = highest === 0 ? undefined : readHolder(join(holds, String(highest)));
    if (holder !== undefined && isRunning(holder)) return holder;
    if (addHold(holds, highest + 1, command)) {
      for (const old of numbered(holds))
        if (old <= highest) rmSync(join(holds, String(old)), { force: true });
      return { release: () => writeFileSync(join(holds, String(highest + 1)), 'released\n') };
    }
  }
}

export function currentHolder(folder: string): Holder | undefined {
  const holds = join(folder, 'holds');
  const highest = highestHold(holds);
  const holder = highest === 0 ? undefined : readHolder(join(holds, String(highest)));
  return holder !== undefined && isRunning(holder) ? holder : undefined;
}

function addHold(holds: string, number: number, command: string): boolean {
  const draft = join(holds, `draft-${process.pid}-${number}`);
  const holder: Holder = {
    pid: process.pid,
    startMark: startMark(process.pid) ?? '',
    command,
    since: new Date().toISOString(),
  };
  writeFileSync(draft, JSON.stringify(holder));
  try {
    linkSync(draft, join(holds, String(number)));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function numbered(holds: string): number[] {
  try {
    return readdirSync(holds)
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function highestHold(holds: string): number {
  return Math.max(0, ...numbered(holds));
}

/** A released hold is not JSON; one that a faster process already removed is not there. */
function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

function isRunning(holder: Holder): boolean {
  return startMark(holder.pid) === holder.startMark;
}

function startMark(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') {
      const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // The command may hold spaces and brackets, so fields are counted after its end: the state, then the
      // start time as the twentieth. A zombie has ended, and only waits for its parent to notice.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields[0] === 'Z' ? undefined : `${boot}:${fields[19] ?? ''}`;
    }
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}
