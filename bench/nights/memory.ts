/** What the processes of a hub hold in memory, looked at again and again. Linux only: elsewhere nothing is seen. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';

export interface Sample {
  readonly at: Date;
  readonly bytes: number;
}

const OFTEN_MS = 250;

export interface MemoryWatch {
  /** The largest sample of some time, in MiB. */
  readonly peak: (from: Date, until: Date) => number;
  readonly stop: () => void;
}

/** Of these processes and of all that they began. */
export function watchMemory(roots: () => readonly number[]): MemoryWatch {
  const samples: Sample[] = [];
  const look = (): void => void samples.push({ at: new Date(), bytes: heldBy(roots()) });
  const timer = setInterval(look, OFTEN_MS);
  return {
    peak: (from, until) =>
      samples.reduce((most, { at, bytes }) => (at >= from && at <= until ? Math.max(most, bytes) : most), 0) /
      2 ** 20,
    stop: () => clearInterval(timer),
  };
}

/** What is each one's own, and once the most that any of them shares with others: the buffers of the database. */
function heldBy(roots: readonly number[]): number {
  if (!existsSync('/proc/self/status')) return 0;
  let [own, shared] = [0, 0];
  for (const pid of withChildren(roots)) {
    const status = textOf(`/proc/${pid}/status`);
    own += kilobytes(status, 'RssAnon');
    shared = Math.max(shared, kilobytes(status, 'RssShmem'));
  }
  return (own + shared) * 1024;
}

function withChildren(roots: readonly number[]): ReadonlySet<number> {
  const parents = readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    // The name of the program, in brackets, may hold spaces; the parent is the second after it.
    const parent = textOf(`/proc/${name}/stat`).split(') ').at(-1)?.split(' ')[1];
    return parent === undefined ? [] : [[Number(name), Number(parent)] as const];
  });
  const found = new Set(roots);
  for (let before = -1; before < found.size; ) {
    before = found.size;
    for (const [pid, parent] of parents) if (found.has(parent)) found.add(pid);
  }
  return found;
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
