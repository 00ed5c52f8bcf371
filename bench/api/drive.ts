import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Answered, Load } from './open-loop.ts';

/** Asks from a process of its own, so that whoever measures does not hold up who asks. */
export async function drive(load: Load): Promise<Answered> {
  const asker = fork(join(import.meta.dirname, 'open-loop.js'));
  asker.send(load);
  const [answered] = (await once(asker, 'message')) as [Answered];
  asker.kill();
  return answered;
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
