import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { expressMiddleware } from '@as-integrations/express5';
import express, { Router } from 'express';
import type { DataSource } from 'typeorm';
import type { ApiContext } from './context.ts';
import { maskError } from './mask-error.ts';
import { apiSchema } from './schema.ts';

export interface Api {
  readonly handler: Router;
  stop(): Promise<void>;
}

/** What a defaulted option would leave to NODE_ENV is said outright. */
export async function openApi(database: DataSource): Promise<Api> {
  const server = new ApolloServer<ApiContext>({
    schema: await apiSchema(),
    plugins: [ApolloServerPluginLandingPageDisabled()],
    introspection: true,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: true,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    formatError: maskError,
    stopOnTerminationSignals: false,
    nodeEnv: 'production',
  });
  await server.start();
  const handler = Router()
    .use(express.json({ limit: '100kb' }))
    .use(expressMiddleware(server, { context: async ({ req }) => ({ database, requestId: req.id }) }));
  return { handler, stop: () => server.stop() };
}
