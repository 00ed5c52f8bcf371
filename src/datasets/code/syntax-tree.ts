/** A query as PostgreSQL's own parser reads it, and how to look into that. */
import { parse } from 'libpg-query';
import { Refused } from '../../errors.ts';

export type Node = Readonly<Record<string, unknown>>;

/** The one statement of a text. */
export async function parsed(sql: string): Promise<{ readonly kind: string; readonly node: Node }> {
  const tree = await treeOf(sql);
  const statements = listOf(tree, 'stmts');
  if (statements.length !== 1)
    throw new Refused('NOT_ONE_STATEMENT', `The text holds ${statements.length} statements.`, {
      remedy: 'Send one SELECT.',
    });
  return only(nodeOf(statements[0] as Node, 'stmt'));
}

async function treeOf(sql: string): Promise<Node> {
  try {
    return (await parse(sql)) as unknown as Node;
  } catch (cause) {
    // The parser's message repeats the text, which may say anything.
    throw new Refused('NOT_SQL', 'The text is not SQL that PostgreSQL reads.', {
      remedy: 'Run it on the synthetic file first: npx tessera dataset synthetic',
      cause,
    });
  }
}

/** The parser wraps each node in its name: { ColumnRef: {…} }. */
export function only(wrapped: Node): { readonly kind: string; readonly node: Node } {
  const [kind = '', node = {}] = Object.entries(wrapped)[0] ?? [];
  return { kind, node: node as Node };
}

export function nodeOf(node: Node, field: string): Node {
  return (node[field] ?? {}) as Node;
}

export function listOf(node: Node, field: string): readonly Node[] {
  return (node[field] ?? []) as readonly Node[];
}

/** Every node in a tree with its name, those outside before those within. */
export function* everyNode(value: unknown): Generator<{ readonly kind: string; readonly node: Node }> {
  if (Array.isArray(value)) for (const item of value) yield* everyNode(item);
  else if (typeof value === 'object' && value !== null)
    for (const [kind, node] of Object.entries(value)) {
      if (typeof node !== 'object' || node === null) continue;
      if (!Array.isArray(node)) yield { kind, node: node as Node };
      yield* everyNode(node);
    }
}

/** The words of a column, a function or an operator. */
export function wordsOf(parts: readonly Node[]): string[] {
  return parts.map((part) => {
    const word = nodeOf(part, 'String')['sval'];
    return typeof word === 'string' ? word : '*';
  });
}
