/** What a question would cost, with its variables: every field one, and a list as many times as it asks for rows. */
import {
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';

export const mostCost = 20_000;
const usualPage = 50;

export function costOf(
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  variables: Readonly<Record<string, unknown>>,
): number {
  const cost = (set: SelectionSetNode | undefined): number =>
    (set?.selections ?? []).reduce((sum, selection) => {
      if (selection.kind === Kind.INLINE_FRAGMENT) return sum + cost(selection.selectionSet);
      if (selection.kind === Kind.FRAGMENT_SPREAD)
        return sum + cost(fragments.get(selection.name.value)?.selectionSet);
      const first = selection.arguments?.find((argument) => argument.name.value === 'first');
      const paged = selection.selectionSet?.selections.some(
        (child) =>
          child.kind === Kind.FIELD && (child.name.value === 'edges' || child.name.value === 'nodes'),
      );
      const rows = first === undefined ? (paged === true ? usualPage : 1) : rowsOf(first.value, variables);
      return sum + 1 + rows * cost(selection.selectionSet);
    }, 0);
  return cost(operation.selectionSet);
}

function rowsOf(value: ValueNode, variables: Readonly<Record<string, unknown>>): number {
  const given =
    value.kind === Kind.INT
      ? Number(value.value)
      : value.kind === Kind.VARIABLE
        ? Number(variables[value.name.value] ?? usualPage)
        : usualPage;
  return Number.isFinite(given) && given > 0 ? given : usualPage;
}

export function tooDear(): GraphQLError {
  return new GraphQLError('The question asks for too many rows at once.', {
    extensions: { code: 'QUESTION_TOO_DEAR' },
  });
}
