import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Answered, Load } from './open-loop.ts';

export type Drive = (load: Load) => Promise<Answered>;

/**
 * A process of its own, so that whoever measures does not hold up who asks; one for every load, so that what it takes
 * itself to get going is over with the first.
 */
export function startAsker(): { readonly drive: Drive; stop(): void } {
  const asker = fork(join(import.meta.dirname, 'open-loop.js'));
  return {
    async drive(load) {
      asker.send(load);
      const [answered] = (await once(asker, 'message')) as [Answered];
      return answered;
    },
    stop: () => void asker.kill(),
  };
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
