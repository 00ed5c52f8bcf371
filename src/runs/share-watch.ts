/** However many follow the ledger, one connection watches it, and only while somebody follows. */
import { EventEmitter, on } from 'node:events';
import type { LedgerNews } from './watch.ts';

export interface SharedWatch {
  /** News from now on, until the signal ends it or the connection is lost. */
  follow(signal: AbortSignal): AsyncIterable<LedgerNews>;
  /** Ends it for everybody. */
  close(): void;
}

export function shareWatch(watch: (signal: AbortSignal) => AsyncIterable<LedgerNews>): SharedWatch {
  let shared: { readonly news: EventEmitter; readonly stop: AbortController; followers: number } | undefined;

  const begin = (): NonNullable<typeof shared> => {
    const begun = { news: new EventEmitter().setMaxListeners(0), stop: new AbortController(), followers: 0 };
    void (async () => {
      try {
        for await (const one of watch(begun.stop.signal)) begun.news.emit('news', one);
      } catch {
        // The connection was lost: whoever follows hears the end and asks again.
      }
      begun.news.emit('over');
      if (shared === begun) shared = undefined;
    })();
    return begun;
  };

  return {
    async *follow(signal) {
      const own = (shared ??= begin());
      own.followers++;
      try {
        for await (const [news] of on(own.news, 'news', { signal, close: ['over'] }) as AsyncIterable<
          [LedgerNews]
        >)
          yield news;
      } catch (error) {
        if (!signal.aborted) throw error;
      } finally {
        own.followers--;
        if (own.followers === 0) {
          own.stop.abort();
          if (shared === own) shared = undefined;
        }
      }
    },
    close: () => shared?.stop.abort(),
  };
}
