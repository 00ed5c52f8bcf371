/** However many follow the ledger, one connection watches it, and only while somebody follows. */
import { EventEmitter, on } from 'node:events';
import type { LedgerNews } from './watch.ts';

export interface SharedWatch {
  /** All news from the moment that this answers, until the signal ends it or the connection is lost. */
  readonly follow: (signal: AbortSignal) => Promise<AsyncIterable<LedgerNews>>;
  /** Ends it for everybody. */
  readonly close: () => void;
}

type Watch = (signal: AbortSignal, listening: () => void) => AsyncIterable<LedgerNews>;

interface Shared {
  readonly news: EventEmitter;
  readonly stop: AbortController;
  readonly listening: Promise<void>;
  followers: number;
}

export function shareWatch(watch: Watch): SharedWatch {
  let shared: Shared | undefined;

  const begin = (): Shared => {
    const news = new EventEmitter().setMaxListeners(0);
    const stop = new AbortController();
    const { promise: listening, resolve, reject } = Promise.withResolvers<void>();
    listening.catch(() => {});
    const begun: Shared = { news, stop, listening, followers: 0 };
    void (async () => {
      try {
        for await (const one of watch(stop.signal, resolve)) news.emit('news', one);
      } catch (error) {
        // The connection was lost: whoever follows hears the end and asks again.
        reject(error);
      }
      if (shared === begun) shared = undefined;
      news.emit('over');
    })();
    return begun;
  };

  return {
    follow: async (signal) => {
      shared ??= begin();
      const own = shared;
      own.followers++;
      const leave = (): void => {
        own.followers--;
        if (own.followers > 0) return;
        own.stop.abort();
        if (shared === own) shared = undefined;
      };
      if (signal.aborted) leave();
      else signal.addEventListener('abort', leave, { once: true });
      const news = on(own.news, 'news', { close: ['over'] }) as AsyncIterableIterator<[LedgerNews]>;
      signal.addEventListener('abort', () => void news.return?.(), { once: true });
      await own.listening;
      return each(news);
    },
    close: () => shared?.stop.abort(),
  };
}

async function* each(news: AsyncIterable<[LedgerNews]>): AsyncGenerator<LedgerNews> {
  for await (const [one] of news) yield one;
}
