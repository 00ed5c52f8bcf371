import { join } from 'node:path';
import compression from 'compression';
import express, { Router } from 'express';
import { packageRoot } from '../../package-root.ts';

const folder = join(packageRoot, 'dist', 'graphiql');

/** Its editor sets styles on elements and works in threads made from its own files; nothing from elsewhere. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** GraphiQL on a route and under a policy of its own, so that no other page needs the looser one. */
export function graphiqlRoutes(): Router {
  return Router()
    .use((_request, response, next) => {
      response.setHeader('content-security-policy', policy);
      next();
    })
    .use(compression())
    .get('/', (_request, response) => {
      response.sendFile('index.html', { root: folder }, (missing) => {
        if (missing === undefined || response.headersSent) return;
        response.status(503).type('text').send('GraphiQL has not been built: run `npm run graphiql`.\n');
      });
    })
    .use(express.static(folder, { maxAge: '1h', redirect: false, index: false }));
}
