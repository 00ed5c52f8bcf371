import { defaultFieldResolver, type GraphQLSchema } from 'graphql';
import type { Target } from '../access/permit.ts';
import type { ApiContext } from './context.ts';

/** Every question is asked of the policy before its resolver runs: one that the policy does not name is refused. */
export function guardSchema(schema: GraphQLSchema): GraphQLSchema {
  for (const type of [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]) {
    for (const field of Object.values(type?.getFields() ?? {})) {
      const resolve = field.resolve ?? defaultFieldResolver;
      field.resolve = (source, args, context: ApiContext, info) =>
        resolve(
          source,
          args,
          { ...context, permission: context.permit(field.name, targetOf(args as Arguments)) },
          info,
        );
    }
  }
  return schema;
}

interface Arguments extends Target {
  readonly input?: Target | null;
}

/** By convention a question names its county or agency in an argument of that name, or in its input. */
function targetOf(args: Arguments): Target {
  return {
    county: args.county ?? args.input?.county,
    agency: args.agency ?? args.input?.agency,
  };
}
