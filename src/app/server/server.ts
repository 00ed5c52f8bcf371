/** The hub's web server: health, metrics, the console and the API on one port. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import { join } from 'node:path';
import express, { type Express } from 'express';
import type { DataSource } from 'typeorm';
import { openAllowance } from '../../access/allowance.ts';
import { sealer } from '../../access/seal.ts';
import { openApi } from '../../api/server.ts';
import { openRecorder } from '../../audit/recorder.ts';
import type { Settings } from '../../config.ts';
import { TesseraError, Unavailable } from '../../errors.ts';
import { CATALOGUE } from '../../open-data/stable-links.ts';
import { shareWatch } from '../../runs/share-watch.ts';
import { watchLedger } from '../../runs/watch.ts';
import type { Log } from '../log.ts';
import { changesFromOwnPagesOnly, readerFor, signInRoutes } from './access.ts';
import { assets } from './assets.ts';
import { type Console, consoleRoutes } from './console.ts';
import { composeConsole } from './console-ports.ts';
import { dataFiles, operationAsked, releaseAsked } from './data-files.ts';
import { DATASET_FILES, datasetFile } from './dataset-files.ts';
import type { Deliveries } from './deliveries.ts';
import { graphiqlRoutes } from './graphiql.ts';
import { guardedRoute } from './guarded-route.ts';
import { healthRoutes } from './health.ts';
import { jobQueue, type RunCommand } from './job-queue.ts';
import { linkagePort } from './linkage-ports.ts';
import { metricsRoutes, openMetrics } from './metrics.ts';
import { openData } from './open-data.ts';
import { REPORT_FILES, reportFile } from './report-files.ts';
import { requestLog } from './request-log.ts';
import { runNews } from './run-news.ts';
import { securityHeaders } from './security-headers.ts';
import { siteProvider } from './site-provider.ts';
import { knowVisitor, mayAsk } from './visitor.ts';

export interface RunningServer {
  readonly url: string;
  close(): Promise<void>;
}

/** What the server works with: connections, each with the rights of one duty, and a folder. */
export interface ServerParts {
  readonly api: DataSource;
  readonly gatekeeper: DataSource;
  readonly recorder: DataSource;
  /** The hub's own, which its seals derive from. */
  readonly secret: string;
  /** Holds what can be made again. */
  readonly cache: string;
  /** How a job is done that somebody asked for; by its command, unless it is given. */
  readonly runCommand?: RunCommand;
}

/** A test puts something small `instead` of a part of the console. */
export async function serve(
  { api, gatekeeper: gate, recorder: recorderSource, secret, cache, runCommand }: ServerParts,
  settings: Settings,
  log: Log,
  deliveries?: Pick<Deliveries, 'routes' | 'begin'>,
  instead: Partial<Console> = {},
): Promise<RunningServer> {
  const metrics = openMetrics();
  const recorder = openRecorder(recorderSource);
  const jobs = jobQueue(api, log, runCommand);
  // Never from a request, which could name any host as its own.
  const hubAddress = settings.publicUrl ?? `http://localhost:${settings.port}`;
  const console = { ...composeConsole({ api, gate, jobAsked: jobs.wake, hubAddress }), ...instead };
  const access = {
    hub: console.hub,
    gate,
    recorder,
    secret,
    publicUrl: settings.publicUrl,
    provider: await siteProvider(settings),
  };
  const allowance = openAllowance({
    costPerMinute: settings.readerCost,
    tablesPerHour: settings.readerTables,
  });
  const known = { recorder, allowance, readerOf: readerFor(access) };
  const ledger = shareWatch((signal, listening) => watchLedger(api, signal, listening));
  const graphql = await openApi({
    ...known,
    jobs: {
      beginUpload: deliveries?.begin,
      jobAsked: settings.work === 'here' ? jobs.wake : () => {},
      follow: ledger.follow,
    },
    database: api,
    gate,
    factors: sealer(secret, 'second factor'),
    linkage: linkagePort(api),
    hubAddress,
    production: settings.mode === 'production',
  });
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.use(requestLog(log, metrics));
  app.use(securityHeaders);
  app.use(healthRoutes(api));
  app.use(metricsRoutes(metrics, api, settings));
  app.use(changesFromOwnPagesOnly);
  app.use('/graphql', graphql.handler);
  app.use(
    ['/data', CATALOGUE],
    guardedRoute(known, operationAsked, (request) => releaseAsked(api, request)),
  );
  app.use(
    openData(api, join(cache, 'data'), {
      at: hubAddress,
      publisher: { name: settings.publisher, email: settings.contact },
    }),
  );
  app.use('/data', dataFiles(api, join(cache, 'data'), hubAddress));
  app.use(signInRoutes(access));
  if (deliveries !== undefined) app.use('/deliveries', deliveries.routes);
  app.use('/assets', assets());
  app.use('/graphiql', graphiqlRoutes());
  app.get(
    REPORT_FILES,
    guardedRoute(known, () => ({ operation: 'reportFile' })),
    reportFile(api),
  );
  app.post(
    DATASET_FILES,
    guardedRoute(known, () => ({ operation: 'datasetFile' })),
    datasetFile(api, recorder, join(cache, 'datasets')),
  );
  app.use(knowVisitor(known.readerOf));
  app.use(runNews(ledger.follow, (request) => mayAsk(console.readerOf(request), 'runs')));
  app.use(consoleRoutes(console, recorder));
  app.use(notFound);
  app.use(failed(log));
  const server = await listen(app, settings);
  if (settings.work === 'here') jobs.begin();
  return {
    url: addressOf(server, settings.host),
    async close() {
      ledger.close();
      await jobs.close();
      await graphql.stop();
      server.close();
      server.closeIdleConnections();
      // Requests under way get a moment; after that the process ends with or without them.
      const force = setTimeout(() => server.closeAllConnections(), 5000);
      await once(server, 'close');
      clearTimeout(force);
      await recorder.close();
    },
  };
}

async function listen(app: Express, settings: Settings): Promise<Server> {
  const server = app.listen(settings.port, settings.host ?? '127.0.0.1');
  // Longer than proxies keep a connection: whoever closes it second loses no question that was on its way.
  server.keepAliveTimeout = 65_000;
  try {
    await once(server, 'listening');
    return server;
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    const remedies: Record<string, string> = {
      EADDRINUSE: 'Stop the program that uses it, or set PORT to another number (0 takes a free one).',
      EACCES: 'Ports below 1024 need rights of their own: set PORT to a higher number.',
    };
    throw new Unavailable('PORT', `Port ${settings.port} on ${settings.host} cannot be opened (${reason}).`, {
      remedy: remedies[reason] ?? 'Check PORT and TESSERA_HOST.',
      cause,
    });
  }
}

function addressOf(server: Server, host: string | undefined): string {
  const address = server.address();
  const port = address === null || typeof address === 'string' ? '' : address.port;
  return `http://${host === '127.0.0.1' || host === undefined ? 'localhost' : host}:${port}`;
}

const notFound: express.RequestHandler = (_request, response) => {
  response.status(404).type('text').send('Not found\n');
};

function failed(log: Log): express.ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    if (error instanceof TesseraError) {
      const status =
        { UNAUTHENTICATED: 401, NOT_FOUND: 404, AUDIT_UNAVAILABLE: 503, TOO_MUCH: 429 }[error.code] ?? 400;
      const { code, message } = error;
      return void response
        .status(status)
        .json({ errors: [{ message, extensions: { code, requestId: request.id } }] });
    }
    log.error(
      { request: request.id, error: (error as Error).name, code: (error as { code?: string }).code },
      'request failed',
    );
    response.status(500).type('text').send(`Something went wrong. Request ${request.id}\n`);
  };
}
