import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { expressMiddleware } from '@as-integrations/express5';
import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import type { DataSource } from 'typeorm';
import type { Allowance } from '../access/allowance.ts';
import { judge, nothingHere } from '../access/permit.ts';
import { anybody, type Reader } from '../access/reader.ts';
import type { Sealer } from '../access/seal.ts';
import { auditEntry, outcomeOf } from '../audit/entry.ts';
import type { Recorder } from '../audit/recorder.ts';
import { loadContracts } from '../contracts/contracts.ts';
import { Refused } from '../errors.ts';
import { answerWithCode, onlyPost, onlyTrusted, withinLimits } from './at-the-door.ts';
import type { ApiContext, Asked } from './context.ts';
import { eventStreams } from './event-stream.ts';
import type { JobsPort } from './jobs/jobs-port.ts';
import { keepAnswers } from './keep-answers.ts';
import { limitCost } from './limit-cost.ts';
import { mostTokens } from './limits.ts';
import type { LinkagePort } from './linkage/linkage-port.ts';
import { openLoaders } from './loaders.ts';
import { maskError } from './mask-error.ts';
import { entryOf, recordAnswers } from './record-answer.ts';
import { apiSchema } from './schema.ts';
import { documentHash } from './trusted-documents.ts';

export interface ApiParts {
  readonly database: DataSource;
  readonly gate: DataSource;
  readonly recorder: Recorder;
  /** Seals second factors. */
  readonly factors: Sealer;
  readonly linkage: LinkagePort;
  readonly allowance: Allowance;
  readonly jobs: JobsPort;
  readonly hubAddress: string;
  /** Registered questions only, and nothing said of the schema. */
  readonly production: boolean;
  readonly readerOf: (request: Request) => Promise<Reader>;
}

export interface Api {
  readonly handler: Router;
  stop(): Promise<void>;
}

/** What a defaulted option would leave to NODE_ENV is said outright. */
export async function openApi(parts: ApiParts): Promise<Api> {
  const schema = await apiSchema();
  const answers = keepAnswers();
  const server = new ApolloServer<ApiContext>({
    schema,
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginCacheControlDisabled(),
      limitCost,
      answers.plugin,
      recordAnswers(parts.recorder),
    ],
    stringifyResult: answers.write,
    parseOptions: { maxTokens: mostTokens },
    introspection: !parts.production,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: true,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    maxRecursiveSelections: true,
    persistedQueries: false,
    formatError: maskError,
    stopOnTerminationSignals: false,
    nodeEnv: 'production',
  });
  await server.start();
  const handler = Router()
    .use(onlyPost)
    .use(express.json({ limit: '100kb' }))
    .use(onlyTrusted(parts.production))
    .use(withinLimits)
    .use(knowReader(parts))
    .use(
      eventStreams({
        schema,
        contextOf: (request, response, ended) => contextOf(request, readerIn(response), parts, ended),
        record: (context, query, errors) => parts.recorder.record(entryOf(context, query, errors[0]?.code)),
      }),
    )
    .use(expressMiddleware(server, { context: async ({ req, res }) => contextOf(req, readerIn(res), parts) }))
    .use(answerWithCode);
  return { handler, stop: () => server.stop() };
}

const endless = new AbortController().signal;

/** A token that is not good is refused here, and the attempt is on record too. */
function knowReader({ readerOf, recorder }: ApiParts): RequestHandler {
  return async (request, response, next) => {
    try {
      response.locals['reader'] = await readerOf(request);
    } catch (error) {
      const body = request.body as { query?: unknown };
      const document = documentHash(typeof body.query === 'string' ? body.query : '');
      await recorder.record(auditEntry(request.id, anybody, { document, outcome: outcomeOf(error) }));
      throw error;
    }
    next();
  };
}

function readerIn(response: Response): Reader {
  return response.locals['reader'] as Reader;
}

function contextOf(
  request: Request,
  reader: Reader,
  parts: ApiParts,
  ended: AbortSignal = endless,
): ApiContext {
  const asked: Asked[] = [];
  let released: number | null = null;
  const tables: string[] = [];
  const network = request.ip ?? '';
  const purpose = request.get('x-tessera-purpose');
  return {
    database: parts.database,
    gate: parts.gate,
    factors: parts.factors,
    linkage: parts.linkage,
    jobs: parts.jobs,
    hubAddress: parts.hubAddress,
    ended,
    reader,
    requestId: request.id,
    loaders: openLoaders(),
    asked,
    released: () => released,
    spend: (cost) => parts.allowance.spend(reader, network, cost),
    readsTable(table) {
      parts.allowance.readTable(reader, network, table);
      tables.push(table);
    },
    tables: () => tables,
    reads(release) {
      if (released !== null && released !== release)
        throw new Refused('ONE_RELEASE', 'One question reads one release.', {
          remedy: 'Ask for the other release in a question of its own.',
        });
      released = release;
    },
    permit(operation, target) {
      const verdict = judge(loadContracts().accessPolicy, reader, operation, target, purpose);
      asked.push({ operation, ...verdict });
      if ('refusal' in verdict) throw nothingHere();
      return verdict.permission;
    },
  };
}
