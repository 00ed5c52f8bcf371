import { type RequestHandler, Router } from 'express';
import type { LedgerNews } from '../../runs/watch.ts';

export interface RunNews {
  readonly routes: Router;
  /** Ends every stream; nothing is watched any more. */
  close(): void;
}

/** Keeps a proxy from closing a stream that has nothing to say. */
const BREATH_MS = 25_000;

/**
 * News of the ledger as server-sent events. However many people look, one connection watches, and only while
 * somebody looks.
 */
export function openRunNews(
  watch: (signal: AbortSignal) => AsyncIterable<LedgerNews>,
  mayLook: (request: Parameters<RequestHandler>[0]) => boolean,
): RunNews {
  const lookers = new Set<Parameters<RequestHandler>[1]>();
  let watching: AbortController | undefined;

  const begin = (): void => {
    const controller = new AbortController();
    watching = controller;
    void (async () => {
      try {
        for await (const news of watch(controller.signal))
          for (const looker of lookers) looker.write(`data: ${JSON.stringify(news)}\n\n`);
      } catch {
        // The connection was lost: the streams end, and the browsers ask again.
        for (const looker of lookers) looker.end();
      }
    })();
  };

  const leave = (looker: Parameters<RequestHandler>[1]): void => {
    lookers.delete(looker);
    if (lookers.size > 0) return;
    watching?.abort();
    watching = undefined;
  };

  const stream: RequestHandler = (request, response) => {
    if (!mayLook(request)) {
      response.status(403).type('text').send('Sign in as operator or steward to follow the runs.\n');
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write('retry: 3000\n\n');
    lookers.add(response);
    if (watching === undefined) begin();
    const breath = setInterval(() => response.write(': still here\n\n'), BREATH_MS);
    response.once('close', () => {
      clearInterval(breath);
      leave(response);
    });
  };

  return {
    routes: Router().get('/runs/events', stream),
    close() {
      for (const looker of lookers) looker.end();
      watching?.abort();
    },
  };
}
