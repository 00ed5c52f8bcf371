import type { ApolloServerPlugin } from '@apollo/server';
import { type FragmentDefinitionNode, Kind } from 'graphql';
import type { ApiContext } from './context.ts';
import { costOf, mostCost, tooDear } from './cost.ts';

/** After the question is understood and before any of it is asked: it is not too dear by itself, nor with those before it. */
export const limitCost: ApolloServerPlugin<ApiContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ operation, document, request, contextValue }) {
        const fragments = new Map(
          document.definitions
            .filter(
              (definition): definition is FragmentDefinitionNode =>
                definition.kind === Kind.FRAGMENT_DEFINITION,
            )
            .map((fragment) => [fragment.name.value, fragment]),
        );
        if (operation === undefined) return;
        const cost = costOf(operation, fragments, request.variables ?? {});
        if (cost > mostCost) throw tooDear();
        contextValue.spend(cost);
      },
    };
  },
};
