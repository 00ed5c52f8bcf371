import { type GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { buildSchema } from 'type-graphql';
import { HubResolver } from './hub/hub.resolver.ts';

export async function apiSchema(): Promise<GraphQLSchema> {
  return buildSchema({ resolvers: [HubResolver], validate: false });
}

/** schema/schema.graphql: the contract that analysts' queries rest on, compared in every check. */
export async function printedSchema(): Promise<string> {
  return `${printSchema(lexicographicSortSchema(await apiSchema()))}\n`;
}
