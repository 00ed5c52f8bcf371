/**
 * How long a process was ready to run and had no processor: what others on the machine take from it, and what no change
 * of its own would give back. Linux tells; elsewhere nothing is known.
 */
import { readFileSync } from 'node:fs';

const EVERY_MS = 100;

/** Answers the longest wait, in milliseconds, of all tenths of a second until it is stopped. */
export function watchProcessorWaits(pid: number | undefined): () => number {
  let before = waited(pid);
  let longest = 0;
  const timer = setInterval(() => {
    const now = waited(pid);
    longest = Math.max(longest, now - before);
    before = now;
  }, EVERY_MS);
  return () => {
    clearInterval(timer);
    return longest;
  };
}

/** Of its main thread, since it began. */
function waited(pid: number | undefined): number {
  try {
    const [, nanoseconds] = readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').split(' ');
    return Number(nanoseconds) / 1e6;
  } catch {
    return Number.NaN;
  }
}
