export interface Shared<Item> {
  readonly readers: readonly AsyncIterable<Item>[];
  /** Ends every reader: one that failed would leave the others waiting for an item that never comes. */
  stop(reason: unknown): void;
}

/** One source for several readers, who go in step: the next item is fetched when all of them ask for it. */
export function share<Item>(source: AsyncIterable<Item>, readers: number): Shared<Item> {
  const items = source[Symbol.asyncIterator]();
  let asking = 0;
  let round = newRound<Item>();
  const next = (): Promise<IteratorResult<Item>> => {
    const { promise, resolve, reject } = round;
    asking += 1;
    if (asking === readers) {
      asking = 0;
      round = newRound<Item>();
      items.next().then(resolve, reject);
    }
    return promise;
  };
  return {
    readers: Array.from({ length: readers }, () => read(next)),
    stop: (reason) => round.reject(reason),
  };
}

/** Nobody may be waiting when it is ended. */
function newRound<Item>(): PromiseWithResolvers<IteratorResult<Item>> {
  const round = Promise.withResolvers<IteratorResult<Item>>();
  round.promise.catch(() => {});
  return round;
}

async function* read<Item>(next: () => Promise<IteratorResult<Item>>): AsyncGenerator<Item> {
  for (;;) {
    const { done, value } = await next();
    if (done === true) return;
    yield value;
  }
}
