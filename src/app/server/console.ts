import compression from 'compression';
import { type Request, type RequestHandler, type Response, Router, urlencoded } from 'express';
import type { Answer } from '../../../web/answer.ts';
import { chooseLanguage } from '../../../web/language.ts';
import { LANGUAGES, type Language } from '../../../web/messages/messages.ts';
import { notFoundPage } from '../../../web/pages/not-found.tsx';
import type { Ports } from '../../../web/ports.ts';
import { type Route, routes } from '../../../web/routes.tsx';
import { type HubFacts, type SentFile, type Visit, visitOf } from '../../../web/visit.ts';
import { cookieIn } from '../../access/cookies.ts';
import type { Reader } from '../../access/reader.ts';
import type { Recorder } from '../../audit/recorder.ts';
import { NotFound } from '../../errors.ts';
import { fileForm } from './file-form.ts';
import { asksOf, asViewer } from './visitor.ts';

export interface Console {
  readonly ports: Ports;
  readonly hub: () => Promise<HubFacts>;
  /** Who asks, as the session says. */
  readonly readerOf: (request: Request) => Reader;
}

const LANGUAGE_COOKIE = 'tessera_language';
const TYPES = { html: 'html', svg: 'image/svg+xml', csv: 'text/csv', text: 'text/plain' } as const;

/** Every page of the table in web/routes.tsx, and a page of their own for those that are not there. */
export function consoleRoutes(console: Console, recorder: Recorder): Router {
  const router = Router().use(compression());
  const form = urlencoded({ extended: false, limit: '100kb' });
  for (const route of routes) {
    const answer = answering(console, recorder, (visit) => permitted(route, visit, console.ports));
    if (route.method === 'post')
      router.post(route.path, ...(route.takes === 'file' ? fileForm : [form]), answer);
    else router.get(route.path, answer);
  }
  const nowhere = answering(console, recorder, notFoundPage);
  return router.get('/{*elsewhere}', (request, response, next) =>
    (request.headers.accept ?? '').includes('text/html') ? nowhere(request, response, next) : next(),
  );
}

/** What is forbidden, and what is found not to be there, get the same page. */
async function permitted({ operation, page }: Route, visit: Visit, ports: Ports): Promise<Answer> {
  const permission = operation === undefined ? undefined : visit.permit(operation);
  if (operation !== undefined && permission === undefined) return notFoundPage(visit);
  try {
    return await page({ ...visit, permission }, ports);
  } catch (error) {
    if (error instanceof NotFound) return notFoundPage(visit);
    throw error;
  }
}

function answering(
  console: Console,
  recorder: Recorder,
  page: (visit: Visit) => Answer | Promise<Answer>,
): RequestHandler {
  return async (request, response) => {
    const reader = console.readerOf(request);
    const asks = asksOf(reader, request.id);
    const visit = await visitFor(request, reader, asks, console);
    const answer = await page({ ...visit, file: response.locals['file'] as SentFile | undefined });
    for (const entry of asks.asked) await recorder.record(entry);
    send(request, response, answer);
  };
}

async function visitFor(
  request: Request,
  reader: Reader,
  { may, permit, refused }: Pick<Visit, 'may' | 'permit' | 'refused'>,
  { hub }: Console,
): Promise<Visit> {
  return visitOf({
    viewer: { ...asViewer(reader), language: languageOf(request) },
    path: request.path,
    params: textsIn(request.params),
    query: new URL(request.originalUrl, 'http://hub').searchParams,
    hub: await hub(),
    sent: textsIn((request.body ?? {}) as Record<string, unknown>),
    permission: undefined,
    may,
    permit,
    refused,
  });
}

export function languageOf(request: Request): Language {
  return chooseLanguage({
    inAddress: new URL(request.originalUrl, 'http://hub').searchParams.get('lang'),
    inCookie: cookieIn(request.headers.cookie, LANGUAGE_COOKIE),
    accepted: request.headers['accept-language'],
  });
}

function textsIn(given: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)]));
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
  if (answer.location !== undefined) return response.redirect(answer.status, answer.location);
  if (answer.file !== undefined) response.attachment(answer.file);
  response.status(answer.status).type(TYPES[answer.type]).send(answer.body);
}
