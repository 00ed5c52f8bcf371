import { defaultFieldResolver, type GraphQLSchema } from 'graphql';
import type { Target } from '../access/permit.ts';
import type { ApiContext, PermittedContext } from './context.ts';

/** Every question is asked of the policy before its resolver runs: one that the policy does not name is refused. */
export function guardSchema(schema: GraphQLSchema): GraphQLSchema {
  for (const type of [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]) {
    for (const field of Object.values(type?.getFields() ?? {})) {
      const resolve = field.resolve ?? defaultFieldResolver;
      const { subscribe } = field;
      const permitted = (args: unknown, context: ApiContext): PermittedContext => ({
        ...context,
        permission: context.permit(field.name, targetOf(args as Arguments)),
      });
      // What a subscription tells is worked out by its `subscribe`; `resolve` only passes it on.
      if (subscribe === undefined)
        field.resolve = (source, args, context: ApiContext, info) =>
          resolve(source, args, permitted(args, context), info);
      else
        field.subscribe = (source, args, context: ApiContext, info) =>
          subscribe(source, args, permitted(args, context), info);
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
