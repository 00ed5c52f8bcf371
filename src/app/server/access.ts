/** Who a request comes from, and the routes by which people come in and go. */
import { STATUS_CODES } from 'node:http';
import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import type { DataSource } from 'typeorm';
import { renderSignIn } from '../../../web/pages/sign-in.tsx';
import { type HubFacts, type Visit, visitOf } from '../../../web/visit.ts';
import { cookieIn, cookieName, fromOwnPage, setCookie } from '../../access/cookies.ts';
import { type Credentials, readerOf } from '../../access/door.ts';
import type { IdentityProvider, SignInUnderWay } from '../../access/identity-provider.ts';
import { anybody, type Reader } from '../../access/reader.ts';
import { sealer } from '../../access/seal.ts';
import { endSession, readerOfSession, switchRole } from '../../access/sessions.ts';
import { signInByLink, signInByPassword, signInByProvider } from '../../access/sign-in.ts';
import { type AuditEntry, auditEntry } from '../../audit/entry.ts';
import type { Recorder } from '../../audit/recorder.ts';
import { openAttempts } from './attempts.ts';
import { languageOf } from './console.ts';
import { asksOf, asViewer } from './visitor.ts';

export interface AccessParts {
  readonly gate: DataSource;
  readonly recorder: Recorder;
  readonly provider: IdentityProvider | undefined;
  /** Of the hub; what it seals nobody else opens. */
  readonly secret: string;
  /** What every page says about the hub. */
  readonly hub: () => Promise<HubFacts>;
  /** As browsers reach the hub; undefined where only this machine does. */
  readonly publicUrl: string | undefined;
}

function isSecure(publicUrl: string | undefined): boolean {
  return publicUrl?.startsWith('https:') === true;
}

function credentialsIn(request: Request, secure: boolean): Credentials {
  return {
    authorization: request.get('authorization'),
    session: cookieIn(request.get('cookie'), cookieName('session', secure)),
    role: request.get('x-tessera-role'),
  };
}

export function readerFor({ gate, provider, publicUrl }: AccessParts): (request: Request) => Promise<Reader> {
  const secure = isSecure(publicUrl);
  return (request) => readerOf(gate, provider?.bearer, credentialsIn(request, secure));
}

/** Another site's page may make a browser send its cookie along; it may not change anything with it. */
export const changesFromOwnPagesOnly: RequestHandler = (request, response, next) => {
  const changing = !['GET', 'HEAD', 'OPTIONS'].includes(request.method);
  const byCookie = request.get('authorization') === undefined && request.get('cookie') !== undefined;
  if (!changing || !byCookie || fromOwnPage(request.headers)) return next();
  response.status(403).json({
    errors: [
      {
        message: 'A change must come from the hub’s own pages.',
        extensions: { code: 'CROSS_SITE', requestId: request.id },
      },
    ],
  });
};

export function signInRoutes(parts: AccessParts): Router {
  const { gate, provider, publicUrl } = parts;
  const secure = isSecure(publicUrl);
  const underWay = sealer(parts.secret, 'sign-in');
  const factors = sealer(parts.secret, 'second factor');
  const attempts = openAttempts();
  const form = express.urlencoded({ extended: false, limit: '10kb' });

  const enter = async (
    request: Request,
    response: Response,
    how: string,
    session: string | undefined,
  ): Promise<void> => {
    await parts.recorder.record(signInEntry(request.id, how, session !== undefined));
    if (session === undefined) {
      response
        .status(401)
        .type('html')
        .send(
          renderSignIn(await visitAt(request, parts), { failed: true, provider: provider !== undefined }),
        );
      return;
    }
    response.append('set-cookie', setCookie(cookieName('session', secure), session, secure));
    response.redirect(303, '/');
  };

  return Router()
    .get('/sign-in', async (request, response) => {
      response
        .type('html')
        .send(
          renderSignIn(await visitAt(request, parts), { failed: false, provider: provider !== undefined }),
        );
    })
    .get('/sign-in/link/:secret', async (request, response) => {
      await enter(request, response, 'link', await signInByLink(gate, request.params.secret));
    })
    .post('/sign-in', form, async (request, response) => {
      const { email = '', password = '', code = '' } = (request.body ?? {}) as Record<string, unknown>;
      const given = { email: String(email), password: String(password), code: String(code) };
      if (!attempts.allow(given.email, request.ip ?? '')) {
        response.status(429).setHeader('retry-after', '900');
        response.type('text').send('Too many attempts. Try again in a quarter of an hour.\n');
        return;
      }
      const session = await signInByPassword(gate, given, factors);
      if (session !== undefined) attempts.forget(given.email);
      await enter(request, response, 'password', session);
    })
    .post('/sign-in/role', form, async (request, response) => {
      const session = cookieIn(request.get('cookie'), cookieName('session', secure)) ?? '';
      const reader = await readerOfSession(gate, session);
      const { held } = (request.body ?? {}) as Record<string, unknown>;
      if (reader !== undefined && typeof held === 'string') await switchRole(gate, session, reader, held);
      response.redirect(303, '/');
    })
    .post('/sign-out', async (request, response) => {
      const session = cookieIn(request.get('cookie'), cookieName('session', secure));
      if (session !== undefined) await endSession(gate, session);
      response.append('set-cookie', setCookie(cookieName('session', secure), '', secure, 0));
      response.redirect(303, '/');
    })
    .get('/sign-in/provider', async (_request, response) => {
      if (provider === undefined)
        return void response.status(404).type('text').send(`${STATUS_CODES[404]}\n`);
      const begun = await provider.begin();
      const sealed = underWay.seal(JSON.stringify(begun.underWay));
      response.append('set-cookie', setCookie(cookieName('sign-in', secure), sealed, secure, 600));
      response.redirect(303, begun.address);
    })
    .get('/sign-in/provider/return', async (request, response) => {
      const sealed = cookieIn(request.get('cookie'), cookieName('sign-in', secure));
      const opened = sealed === undefined ? undefined : underWay.open(sealed);
      response.append('set-cookie', setCookie(cookieName('sign-in', secure), '', secure, 0));
      const cameBack = new URL(request.originalUrl, publicUrl);
      const identity =
        opened === undefined
          ? undefined
          : await provider?.finish(cameBack, JSON.parse(opened) as SignInUnderWay);
      await enter(
        request,
        response,
        'provider',
        identity === undefined ? undefined : await signInByProvider(gate, identity),
      );
    });
}

async function visitAt(request: Request, { hub }: AccessParts): Promise<Visit> {
  return visitOf({
    viewer: { ...asViewer(anybody), language: languageOf(request) },
    path: '/sign-in',
    params: {},
    query: new URL(request.originalUrl, 'http://hub').searchParams,
    hub: await hub(),
    permission: undefined,
    sent: {},
    ...asksOf(anybody, request.id),
  });
}

function signInEntry(request: string, how: string, entered: boolean): AuditEntry {
  return auditEntry(request, anybody, {
    operations: [`sign-in by ${how}`],
    tables: ['access.session'],
    outcome: entered ? 'answered' : 'refused: sign-in',
  });
}
