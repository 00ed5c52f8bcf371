/** Puts every question on record before its answer leaves; an answer that cannot be recorded is not given. */
import type { ApolloServerPlugin, GraphQLRequestContextWillSendResponse } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';
import { type AuditEntry, auditEntry } from '../audit/entry.ts';
import type { Recorder } from '../audit/recorder.ts';
import type { ApiContext } from './context.ts';
import { documentHash } from './trusted-documents.ts';

export function recordAnswers(recorder: Recorder): ApolloServerPlugin<ApiContext> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse(answer) {
          const errors = errorsOf(answer);
          for (const error of errors) nameRequest(error, answer.contextValue.requestId);
          try {
            const { contextValue, request } = answer;
            await recorder.record(
              entryOf(contextValue, request.query ?? '', errors[0]?.extensions?.['code']),
            );
          } catch {
            answer.response.http.status = 503;
            answer.response.body = {
              kind: 'single',
              singleResult: {
                errors: [
                  {
                    message: 'The question could not be put on record, so it is not answered.',
                    extensions: { code: 'AUDIT_UNAVAILABLE', requestId: answer.contextValue.requestId },
                  },
                ],
              },
            };
          }
        },
      };
    },
  };
}

type Answer = GraphQLRequestContextWillSendResponse<ApiContext>;

/** `code` is that of the first error, if there was one. */
export function entryOf(context: ApiContext, query: string, code: unknown): AuditEntry {
  const { reader, asked, requestId } = context;
  const permitted = asked.flatMap(({ permission }) => permission ?? []);
  const refusal = asked.find((question) => question.refusal !== undefined)?.refusal;
  return auditEntry(requestId, reader, {
    purpose: permitted[0]?.purpose ?? null,
    operations: [...new Set(asked.map(({ operation }) => operation))].toSorted(),
    document: documentHash(query),
    tables: [...new Set(permitted.flatMap(({ operation }) => operation.tables))].toSorted(),
    release: context.released(),
    outcome: refusal === undefined ? (typeof code === 'string' ? code : 'answered') : `refused: ${refusal}`,
  });
}

function errorsOf({ response }: Answer): readonly GraphQLFormattedError[] {
  return response.body.kind === 'single' ? (response.body.singleResult.errors ?? []) : [];
}

/** The id by which the reader and the hub's log mean the same request. */
function nameRequest(error: GraphQLFormattedError, requestId: string): void {
  Object.assign(error, { extensions: { ...error.extensions, requestId } });
}
