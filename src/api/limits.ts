/** How large a question may be, measured on its text alone: nothing is asked of the schema or the database before. */
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  parse,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { remembered } from './remembered.ts';

export const mostTokens = 1000;
const most = { levels: 10, aliases: 15, directives: 5, fields: 250, operations: 1, 'questions in one': 10 };
/** Fragments written out, each as often as it is spread. */
const mostSpread = 1000;
/** The types of types are nested deeper than any figure is; graphql itself limits that nesting. */
const introspectionLevels = 16;

type Limit = keyof typeof most;

/** What there is too much of; undefined for a question that is not too large, or that is none. */
export const tooLarge: (text: string) => string | undefined = remembered(verdictOn);

function verdictOn(text: string): string | undefined {
  let document: DocumentNode;
  try {
    document = parse(text, { maxTokens: mostTokens, noLocation: true });
  } catch {
    return undefined;
  }
  const found = measure(document);
  const introspecting = operationsOf(document).every((set) =>
    set.selections.every(
      (selection) => selection.kind === Kind.FIELD && selection.name.value.startsWith('__'),
    ),
  );
  const limits = introspecting ? { ...most, levels: introspectionLevels } : most;
  return (Object.keys(most) as Limit[]).find((limit) => found[limit] > limits[limit]);
}

function measure(document: DocumentNode): Record<Limit, number> {
  const operations = operationsOf(document);
  const found = {
    levels: 0,
    aliases: 0,
    directives: 0,
    fields: 0,
    operations: operations.length,
    'questions in one': 0,
  };
  found['questions in one'] = Math.max(0, ...operations.map((set) => set.selections.length));
  visit(document, {
    Field(field) {
      found.fields++;
      if (field.alias !== undefined) found.aliases++;
    },
    Directive() {
      found.directives++;
    },
  });
  const written = writeOut(document);
  if (written.fields > mostSpread) found.fields = written.fields;
  found.levels = written.levels;
  return found;
}

function operationsOf(document: DocumentNode): SelectionSetNode[] {
  return document.definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION ? [definition.selectionSet] : [],
  );
}

interface Extent {
  readonly fields: number;
  readonly levels: number;
}

const nothing: Extent = { fields: 0, levels: 0 };

/** Each fragment is measured once; one that spreads itself counts as nothing here and is refused by graphql. */
function writeOut(document: DocumentNode): Extent {
  const fragments = new Map(
    document.definitions
      .filter(
        (definition): definition is FragmentDefinitionNode => definition.kind === Kind.FRAGMENT_DEFINITION,
      )
      .map((fragment) => [fragment.name.value, fragment.selectionSet]),
  );
  const measured = new Map<string, Extent>();
  const ofFragment = (name: string): Extent => {
    const known = measured.get(name);
    if (known !== undefined) return known;
    measured.set(name, nothing);
    const extent = ofSet(fragments.get(name));
    measured.set(name, extent);
    return extent;
  };
  const ofSet = (set: SelectionSetNode | undefined): Extent =>
    (set?.selections ?? []).reduce<Extent>((sum, selection) => {
      const inside =
        selection.kind === Kind.FRAGMENT_SPREAD
          ? ofFragment(selection.name.value)
          : ofSet(selection.selectionSet);
      const own = selection.kind === Kind.FIELD ? 1 : 0;
      return { fields: sum.fields + own + inside.fields, levels: Math.max(sum.levels, own + inside.levels) };
    }, nothing);
  return operationsOf(document)
    .map(ofSet)
    .reduce(
      (sum, extent) => ({ fields: sum.fields + extent.fields, levels: Math.max(sum.levels, extent.levels) }),
      nothing,
    );
}
