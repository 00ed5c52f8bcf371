/** How large a question may be. Refused with a code, before anything is asked of the database. */
import { type ASTVisitor, type FieldNode, GraphQLError, Kind, type ValidationContext } from 'graphql';

export const limits = {
  tokens: 1000,
  depth: 10,
  aliases: 15,
  directives: 5,
  fields: 250,
  roots: 10,
  operations: 1,
} as const;

export function withinLimits(context: ValidationContext): ASTVisitor {
  let depth = 0;
  let aliases = 0;
  let directives = 0;
  let fields = 0;
  let operations = 0;
  const told = new Set<string>();
  const tooMuch = (what: string): void => {
    if (told.has(what)) return;
    told.add(what);
    context.reportError(
      new GraphQLError(`The question has too many ${what}.`, { extensions: { code: 'QUESTION_TOO_LARGE' } }),
    );
  };
  return {
    Document(document) {
      for (const definition of document.definitions) {
        if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
        if (++operations > limits.operations) tooMuch('operations');
        if (definition.selectionSet.selections.length > limits.roots) tooMuch('questions in one');
      }
      const fragments = new Map(
        document.definitions.flatMap((definition) =>
          definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
        ),
      );
      if (spread(document.definitions, fragments) > limits.fields * 4) tooMuch('fields');
    },
    Field: {
      enter(node: FieldNode) {
        if (node.alias !== undefined && ++aliases > limits.aliases) tooMuch('aliases');
        if (++fields > limits.fields) tooMuch('fields');
        if (node.selectionSet !== undefined && ++depth > limits.depth && !introspecting(node, context))
          tooMuch('levels');
      },
      leave(node: FieldNode) {
        if (node.selectionSet !== undefined) depth--;
      },
    },
    Directive() {
      if (++directives > limits.directives) tooMuch('directives');
    },
  };
}

/** The types of types are nested deeper than any figure is; graphql itself limits that nesting. */
function introspecting(_node: FieldNode, context: ValidationContext): boolean {
  return context
    .getDocument()
    .definitions.some(
      (definition) =>
        definition.kind === Kind.OPERATION_DEFINITION &&
        definition.selectionSet.selections.every(
          (selection) => selection.kind === Kind.FIELD && selection.name.value === '__schema',
        ),
    );
}

type Definitions = ReturnType<ValidationContext['getDocument']>['definitions'];
type Fragments = ReadonlyMap<string, Definitions[number]>;

/** How many fields there are once fragments are written out, each as often as it is spread. */
function spread(definitions: Definitions, fragments: Fragments): number {
  const sizes = new Map<string, number>();
  const size = (node: Definitions[number], within: ReadonlySet<string>): number => {
    let sum = 0;
    const stack: unknown[] = 'selectionSet' in node ? [node.selectionSet] : [];
    while (stack.length > 0) {
      const set = stack.pop() as {
        selections: readonly { kind: string; name?: { value: string }; selectionSet?: unknown }[];
      };
      for (const selection of set.selections) {
        sum++;
        if (selection.selectionSet !== undefined) stack.push(selection.selectionSet);
        const name = selection.name?.value ?? '';
        if (selection.kind !== Kind.FRAGMENT_SPREAD || within.has(name)) continue;
        const fragment = fragments.get(name);
        if (fragment === undefined) continue;
        const known = sizes.get(name) ?? size(fragment, new Set([...within, name]));
        sizes.set(name, known);
        sum += known;
      }
    }
    return sum;
  };
  return definitions
    .filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
    .reduce((sum, definition) => sum + size(definition, new Set()), 0);
}
