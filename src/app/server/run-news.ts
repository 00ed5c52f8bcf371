import { type Request, type RequestHandler, Router } from 'express';
import type { SharedWatch } from '../../runs/share-watch.ts';

/** Keeps a proxy from closing a stream that has nothing to say. */
const BREATH_MS = 25_000;

/** News of the ledger as server-sent events, for the console's own script. */
export function runNews(follow: SharedWatch['follow'], mayLook: (request: Request) => boolean): Router {
  const stream: RequestHandler = async (request, response) => {
    if (!mayLook(request)) {
      response.status(403).type('text').send('Sign in as operator or steward to follow the runs.\n');
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write('retry: 3000\n\n');
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const breath = setInterval(() => response.write(': still here\n\n'), BREATH_MS);
    try {
      for await (const news of await follow(gone.signal)) response.write(`data: ${JSON.stringify(news)}\n\n`);
    } catch {
      // The connection was lost: the stream ends, and the browser asks again.
    } finally {
      gone.abort();
      clearInterval(breath);
      response.end();
    }
  };
  return Router().get('/runs/events', stream);
}
