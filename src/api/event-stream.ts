/**
 * Subscriptions as server-sent events: POST like any other question, with `accept: text/event-stream`; each answer is an
 * event `next`, and `complete` is the last. Who asks is asked again after a few minutes: the stream ends, and the client
 * comes back.
 */
import type { Request, RequestHandler, Response } from 'express';
import {
  createSourceEventStream,
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  OperationTypeNode,
  parse,
  validate,
} from 'graphql';
import { refuse } from './at-the-door.ts';
import type { ApiContext } from './context.ts';
import { mostTokens } from './limits.ts';
import { maskError } from './mask-error.ts';

/** A revoked token follows no longer than this. */
const LONGEST_MS = 4 * 60_000;
const BREATH_MS = 25_000;
/** A stream looks again and again. */
const STREAM_COST = 2000;
/** All streams of one hub together. */
const MOST = 100;

export interface Streams {
  readonly schema: GraphQLSchema;
  readonly contextOf: (request: Request, response: Response, ended: AbortSignal) => ApiContext;
  /** Puts the question on record; throws where it cannot be. */
  readonly record: (
    context: ApiContext,
    query: string,
    errors: readonly { readonly code: string }[],
  ) => Promise<void>;
}

export function eventStreams({ schema, contextOf, record }: Streams): RequestHandler {
  let open = 0;
  return async (request, response, next) => {
    if (!(request.get('accept') ?? '').includes('text/event-stream')) return next();
    const { query, variables } = request.body as { query?: unknown; variables?: Record<string, unknown> };
    const document = typeof query === 'string' ? subscriptionIn(schema, query) : undefined;
    if (document === undefined)
      return refuse(
        response,
        406,
        'NOT_ACCEPTABLE',
        'Only a subscription is answered as a stream.',
        request.id,
      );
    if (open >= MOST)
      return refuse(response, 503, 'TOO_MANY_STREAMS', 'Too many follow at this moment.', request.id);
    const ended = new AbortController();
    const over = setTimeout(() => ended.abort(), LONGEST_MS);
    response.once('close', () => ended.abort());
    open++;
    try {
      const context = contextOf(request, response, ended.signal);
      const parts = { schema, document, ...(variables ? { variableValues: variables } : {}) };
      context.spend(STREAM_COST);
      const events = await createSourceEventStream({ ...parts, contextValue: context });
      const errors =
        'errors' in events ? (events.errors ?? []).map((error) => masked(error, request.id)) : [];
      await record(
        context,
        query as string,
        errors.map(({ extensions }) => extensions),
      );
      if (errors.length > 0) return void response.status(400).json({ errors });
      await send(response, ended.signal, events as AsyncIterable<unknown>, async (rootValue) =>
        execute({ ...parts, rootValue, contextValue: contextOf(request, response, ended.signal) }),
      );
    } finally {
      open--;
      clearTimeout(over);
      ended.abort();
    }
  };
}

/** Undefined for whatever is no subscription that fits the schema. */
function subscriptionIn(schema: GraphQLSchema, query: string): DocumentNode | undefined {
  try {
    const document = parse(query, { maxTokens: mostTokens });
    const isOne = getOperationAST(document)?.operation === OperationTypeNode.SUBSCRIPTION;
    return isOne && validate(schema, document).length === 0 ? document : undefined;
  } catch {
    return undefined;
  }
}

async function send(
  response: Response,
  ended: AbortSignal,
  events: AsyncIterable<unknown>,
  answer: (event: unknown) => Promise<ExecutionResult>,
): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const breath = setInterval(() => response.write(': still here\n\n'), BREATH_MS);
  try {
    for await (const event of events) {
      if (ended.aborted) break;
      const { data, errors } = await answer(event);
      const body = errors === undefined ? { data } : { errors: errors.map((error) => masked(error, '')) };
      response.write(`event: next\ndata: ${JSON.stringify(body)}\n\n`);
    }
  } catch {
    // What was there is there no more, or not for this reader any more: the stream ends.
  } finally {
    clearInterval(breath);
    response.end('event: complete\ndata:\n\n');
  }
}

function masked(
  error: GraphQLError,
  requestId: string,
): { message: string; extensions: { code: string; requestId: string } } {
  const { message, extensions } = maskError(error.toJSON(), error);
  const code = typeof extensions?.['code'] === 'string' ? extensions['code'] : 'INTERNAL_SERVER_ERROR';
  return {
    message: code === 'INTERNAL_SERVER_ERROR' ? 'Something went wrong.' : message,
    extensions: { code, requestId },
  };
}
