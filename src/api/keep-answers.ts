/**
 * What everybody may ask of a release has one answer for as long as the same releases stand: it is worked out once. Who
 * asks is still known, permitted and put on record each time, and what stands is asked of the database each time.
 */
import { type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import {
  type FormattedExecutionResult,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';
import type { Operation } from '../contracts/access-policy.ts';
import { loadContracts } from '../contracts/contracts.ts';
import { standing } from '../disclosure/standing.ts';
import type { ApiContext } from './context.ts';

interface Kept {
  readonly data: NonNullable<FormattedExecutionResult['data']>;
  readonly text: string;
  readonly release: number | null;
  readonly tables: readonly string[];
}

export interface KeptAnswers {
  readonly plugin: ApolloServerPlugin<ApiContext>;
  /** What is kept is written out once, too. */
  readonly write: (result: FormattedExecutionResult) => string;
}

const mostCharacters = 32_000_000;
/** A larger one would drive too many others out. */
const mostEach = 1_000_000;

export function keepAnswers(): KeptAnswers {
  const kept = new Map<string, Kept>();
  const texts = new WeakMap<object, string>();
  let held = 0;
  const keep = (key: string, answer: Kept): void => {
    if (answer.text.length > mostEach || kept.has(key)) return;
    kept.set(key, answer);
    texts.set(answer.data, answer.text);
    held += answer.text.length;
    for (const [oldest, { text }] of kept) {
      if (held <= mostCharacters) return;
      kept.delete(oldest);
      held -= text.length;
    }
  };

  const plugin: ApolloServerPlugin<ApiContext> = {
    async requestDidStart() {
      let key: string | undefined;
      return {
        async responseForOperation({ request, operation, contextValue }) {
          const asked = questionsForEverybody(operation);
          if (asked === undefined) return null;
          const stamp = asked.some(readsTables) ? (await standing(contextValue.database)).stamp : 'words';
          key = JSON.stringify([stamp, request.query, request.operationName, request.variables]);
          const found = kept.get(key);
          if (found === undefined) return null;
          try {
            for (const name of asked) contextValue.permit(name);
            for (const table of found.tables) contextValue.readsTable(table);
          } catch {
            // Whoever may not is answered as everywhere else.
            return null;
          }
          if (found.release !== null) contextValue.reads(found.release);
          kept.delete(key);
          kept.set(key, found);
          key = undefined;
          const body = { kind: 'single' as const, singleResult: { data: found.data } };
          return { http: { status: 200, headers: new HeaderMap() }, body };
        },
        async willSendResponse({ response, contextValue }) {
          if (key === undefined || response.body.kind !== 'single') return;
          const { data, errors } = response.body.singleResult;
          if (errors !== undefined || data === null || data === undefined) return;
          keep(key, {
            data,
            text: written({ data }),
            release: contextValue.released(),
            tables: [...contextValue.tables()],
          });
        },
      };
    },
  };
  return {
    plugin,
    write: (result) =>
      (result.errors === undefined && result.extensions === undefined && result.data
        ? texts.get(result.data)
        : undefined) ?? written(result),
  };
}

function written(result: FormattedExecutionResult): string {
  return `${JSON.stringify(result)}\n`;
}

/** The root fields, if each of them answers everybody who may ask it alike. */
function questionsForEverybody({ operation, selectionSet }: OperationDefinitionNode): string[] | undefined {
  if (operation !== OperationTypeNode.QUERY) return undefined;
  const { operations } = loadContracts().accessPolicy;
  const names = selectionSet.selections.map((one) => (one.kind === Kind.FIELD ? one.name.value : ''));
  return names.every((name) => isForEverybody(operations.get(name))) ? names : undefined;
}

/** Words of the contracts change with the software alone. */
function readsTables(name: string): boolean {
  return (loadContracts().accessPolicy.operations.get(name)?.tables.length ?? 0) > 0;
}

function isForEverybody(operation: Operation | undefined): boolean {
  return (
    operation !== undefined &&
    (operation.data === 'contracts' || operation.data === 'protected') &&
    operation.agreement === 'none' &&
    [...operation.reach.values()].every((reach) => reach === 'all')
  );
}
