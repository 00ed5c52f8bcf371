/** What the processes of a hub hold in memory, and how long they had a processor, looked at again and again. Linux only: elsewhere nothing is seen. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';

export interface ProcessWatch {
  /** The most memory that all held together at some time, in MiB. */
  readonly peak: (from: Date, until: Date) => number;
  /** Seconds that they had a processor meanwhile; what a process did since the last look before its end is lost. */
  readonly processor: (from: Date, until: Date) => number;
  readonly stop: () => void;
}

interface Sample {
  readonly at: Date;
  readonly bytes: number;
  readonly seconds: number;
}

const OFTEN_MS = 250;
/** Ticks in a second, as Linux tells times of processes. */
const TICKS = 100;

/** Of these processes and of all that they began. */
export function watchProcesses(roots: () => readonly number[]): ProcessWatch {
  const samples: Sample[] = [];
  const seconds = new Map<number, number>();
  const look = (): void => {
    const pids = withChildren(roots());
    for (const pid of pids) seconds.set(pid, Math.max(seconds.get(pid) ?? 0, secondsOf(pid)));
    const sum = [...seconds.values()].reduce((all, one) => all + one, 0);
    samples.push({ at: new Date(), bytes: heldBy(pids), seconds: sum });
  };
  look();
  const timer = setInterval(look, OFTEN_MS);
  const secondsAt = (moment: Date): number =>
    (samples.findLast(({ at }) => at <= moment) ?? samples[0])?.seconds ?? 0;
  return {
    peak: (from, until) =>
      samples.reduce((most, { at, bytes }) => (at >= from && at <= until ? Math.max(most, bytes) : most), 0) /
      2 ** 20,
    processor: (from, until) => secondsAt(until) - secondsAt(from),
    stop() {
      clearInterval(timer);
      look();
    },
  };
}

/** What is each one's own, and once the most that any of them shares with others: the buffers of the database. */
function heldBy(pids: ReadonlySet<number>): number {
  let [own, shared] = [0, 0];
  for (const pid of pids) {
    const status = textOf(`/proc/${pid}/status`);
    own += kilobytes(status, 'RssAnon');
    shared = Math.max(shared, kilobytes(status, 'RssShmem'));
  }
  return (own + shared) * 1024;
}

function secondsOf(pid: number): number {
  const [, , , , , , , , , , , user = 0, system = 0] = fieldsOf(pid).map(Number);
  return (user + system) / TICKS;
}

function withChildren(roots: readonly number[]): ReadonlySet<number> {
  const found = new Set(roots);
  if (!existsSync('/proc')) return found;
  const parents = readdirSync('/proc').flatMap((name) =>
    /^\d+$/.test(name) ? [[Number(name), Number(fieldsOf(Number(name))[1])] as const] : [],
  );
  for (let before = -1; before < found.size; ) {
    before = found.size;
    for (const [pid, parent] of parents) if (found.has(parent)) found.add(pid);
  }
  return found;
}

/** The name of the program, in brackets, may hold spaces; these are the fields after it. */
function fieldsOf(pid: number): readonly string[] {
  return textOf(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ') ?? [];
}

function kilobytes(status: string, what: string): number {
  return Number(new RegExp(`^${what}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0);
}

/** A process may be over by the time that it is looked at. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
