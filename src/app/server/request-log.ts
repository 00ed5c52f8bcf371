import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Log } from '../log.ts';
import type { Metrics } from './metrics.ts';

declare module 'express-serve-static-core' {
  interface Request {
    /** Names a request in the log and to the person who made it. */
    id: string;
  }
}

/**
 * One line a request: its path without the query, since what people search for is nobody's business, and a secret
 * within a path (a sign-in link) only as the route names it.
 */
export function requestLog(log: Log, metrics: Metrics): RequestHandler {
  return (request, response, next) => {
    request.id = randomUUID();
    response.setHeader('x-request-id', request.id);
    const start = process.hrtime.bigint();
    response.once('finish', () => {
      const seconds = Number(process.hrtime.bigint() - start) / 1e9;
      const route = `${request.baseUrl}${request.route === undefined ? '' : String((request.route as { path: unknown }).path)}`;
      metrics.requestSeconds.observe(
        { method: request.method, route: route || 'other', status: response.statusCode },
        seconds,
      );
      log.info(
        {
          request: request.id,
          method: request.method,
          path: route.includes(':') ? route : request.baseUrl + request.path,
          status: response.statusCode,
          seconds,
        },
        'request',
      );
    });
    next();
  };
}
