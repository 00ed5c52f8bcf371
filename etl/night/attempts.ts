/** One stage with its time, its further attempts and its way to be stopped. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Held, Unavailable } from '../../src/errors.ts';
import { canPass } from './can-pass.ts';
import type { StageTerms } from './stage-terms.ts';

export interface Stoppable {
  /** Ends the night: a person asked for it, or the machine goes down. */
  readonly signal: AbortSignal;
  /** Makes the database give up what this process asked of it. */
  readonly stopQueries: () => Promise<void>;
}

export interface Attempted<T> {
  readonly result: T;
  readonly attempts: number;
}

/** How often queries are stopped until the stage has noticed: work between two of them begins the next. */
const AGAIN_MS = 200;

export async function attempt<T>(
  { timeoutMs, waitsMs }: StageTerms,
  night: Stoppable,
  work: (signal: AbortSignal) => Promise<T>,
  beforeAgain: (attempt: number, error: unknown) => Promise<void> = async () => {},
): Promise<Attempted<T>> {
  for (let attempts = 1; ; attempts++) {
    if (night.signal.aborted) throw cancelled();
    try {
      return { result: await within(timeoutMs, night, work), attempts };
    } catch (error) {
      const wait = waitsMs[attempts - 1];
      if (wait === undefined || !canPass(error) || night.signal.aborted) throw error;
      await sleep(wait, undefined, { signal: night.signal }).catch(() => {});
      if (night.signal.aborted) throw cancelled();
      await beforeAgain(attempts, error);
    }
  }
}

async function within<T>(
  timeoutMs: number,
  { signal, stopQueries }: Stoppable,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), timeoutMs);
  const over = AbortSignal.any([signal, timeout.signal]);
  let stopping: NodeJS.Timeout | undefined;
  const stop = (): void => {
    const once = (): void => void stopQueries().catch(() => {});
    once();
    stopping = setInterval(once, AGAIN_MS);
  };
  over.addEventListener('abort', stop, { once: true });
  try {
    return await work(over);
  } catch (error) {
    if (signal.aborted) throw cancelled();
    if (timeout.signal.aborted)
      throw new Unavailable('STAGE_TIMED_OUT', 'The stage took longer than schema/night.yaml allows.', {
        remedy: 'Look with `npx tessera status` at how far it came; the next night takes it up.',
        cause: error,
      });
    throw error;
  } finally {
    clearTimeout(timer);
    clearInterval(stopping);
    over.removeEventListener('abort', stop);
  }
}

function cancelled(): Held {
  return new Held('NIGHT_CANCELLED', 'The night was cancelled.', {
    remedy: '`npx tessera nightly` takes it up where it ended.',
  });
}
