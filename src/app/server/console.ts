import compression from 'compression';
import { type Request, type RequestHandler, type Response, Router } from 'express';
import type { Answer } from '../../../web/answer.ts';
import { chooseLanguage } from '../../../web/language.ts';
import { LANGUAGES } from '../../../web/messages/messages.ts';
import { notForYouPage, notFoundPage } from '../../../web/pages/not-found.tsx';
import type { Ports } from '../../../web/ports.ts';
import { routes } from '../../../web/routes.tsx';
import type { Viewer } from '../../../web/viewer.ts';
import { type HubFacts, type Visit, visitOf } from '../../../web/visit.ts';

export interface Console {
  readonly ports: Ports;
  readonly hub: () => Promise<HubFacts>;
  /** Who asks, as the session says. */
  readonly viewerOf: (request: Request) => Omit<Viewer, 'language'>;
}

const LANGUAGE_COOKIE = 'tessera_language';
const TYPES = { html: 'html', svg: 'image/svg+xml', csv: 'text/csv', text: 'text/plain' } as const;

/** Every page of the table in web/routes.tsx, and a page of their own for those that are not there. */
export function consoleRoutes(console: Console): Router {
  const router = Router().use(compression());
  for (const { path, roles, page } of routes) {
    router.get(
      path,
      answering(console, (visit) => {
        const allowed = roles.includes(visit.viewer.role);
        return allowed ? page(visit, console.ports) : notForYouPage(visit, roles);
      }),
    );
  }
  const nowhere = answering(console, notFoundPage);
  return router.get('/{*elsewhere}', (request, response, next) =>
    (request.headers.accept ?? '').includes('text/html') ? nowhere(request, response, next) : next(),
  );
}

function answering(console: Console, page: (visit: Visit) => Answer | Promise<Answer>): RequestHandler {
  return async (request, response) => {
    send(request, response, await page(await visitFor(request, console)));
  };
}

async function visitFor(request: Request, { hub, viewerOf }: Console): Promise<Visit> {
  const query = new URL(request.originalUrl, 'http://hub').searchParams;
  const language = chooseLanguage({
    inAddress: query.get('lang'),
    inCookie: cookieOf(request, LANGUAGE_COOKIE),
    accepted: request.headers['accept-language'],
  });
  const params = Object.fromEntries(
    Object.entries(request.params).map(([name, value]) => [name, String(value)]),
  );
  return visitOf({
    viewer: { ...viewerOf(request), language },
    path: request.path,
    params,
    query,
    hub: await hub(),
  });
}

function send(request: Request, response: Response, answer: Answer): void {
  const chosen = LANGUAGES.find((language) => language === request.query['lang']);
  if (chosen !== undefined) {
    response.cookie(LANGUAGE_COOKIE, chosen, {
      httpOnly: true,
      sameSite: 'lax',
      maxAge: 365 * 24 * 3600 * 1000,
    });
  }
  response.setHeader('cache-control', 'private, no-cache');
  response.setHeader('vary', 'accept-language, cookie');
  if (answer.file !== undefined) response.attachment(answer.file);
  response.status(answer.status).type(TYPES[answer.type]).send(answer.body);
}

function cookieOf(request: Request, name: string): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='));
  return pairs.find(([key]) => key === name)?.[1];
}
