import { performance } from 'node:perf_hooks';

/** Where the time of a measuring went: seconds by what was done, in the order in which it was first done. */
export class Laps {
  readonly #seconds = new Map<string, number>();

  async of<T>(what: string, work: () => Promise<T>): Promise<T> {
    const start = performance.now();
    try {
      return await work();
    } finally {
      this.#seconds.set(what, (this.#seconds.get(what) ?? 0) + (performance.now() - start) / 1000);
    }
  }

  get seconds(): Readonly<Record<string, number>> {
    return Object.fromEntries(
      [...this.#seconds].map(([what, taken]) => [what, Math.round(taken * 1000) / 1000]),
    );
  }
}
