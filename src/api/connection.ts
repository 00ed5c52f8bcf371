/** Pages with cursors, in one form for every list. */
import { ArgsType, type ClassType, Field, Int, ObjectType } from 'type-graphql';
import { Refused } from '../errors.ts';

@ObjectType('PageInfo', { description: 'Where a page stands in its list.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether more follows.' })
  hasNextPage!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'What to pass as `after`; null when the page is empty.',
  })
  endCursor!: string | null;
}

@ArgsType()
export class PageArgs {
  @Field(() => Int, { defaultValue: 50, description: 'How many, from 1 to 200.' })
  first!: number;

  @Field(() => String, { nullable: true, description: 'The cursor after which the page begins.' })
  after?: string | null;
}

export interface Connection<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: PageInfo;
}

/** A connection type of its own for a node type. */
export function connectionOf<Node extends object>(
  name: string,
  node: ClassType<Node>,
): ClassType<Connection<Node>> {
  @ObjectType(`${name}Connection`, { description: `A page of a list; its nodes are of the type ${name}.` })
  class ConnectionType {
    @Field(() => [node], { description: 'The rows of the page, in the order of the list.' })
    nodes!: Node[];

    @Field(() => PageInfo, { description: 'Where the page stands.' })
    pageInfo!: PageInfo;
  }
  return ConnectionType as ClassType<Connection<Node>>;
}

export interface Page {
  /** One more than asked for, which shows whether anything follows. */
  readonly most: number;
  readonly after: string | undefined;
}

const mostRows = 200;

export function pageOf({ first, after }: PageArgs): Page {
  if (first < 1 || first > mostRows)
    throw new Refused('PAGE_SIZE', `\`first\` is a number from 1 to ${mostRows}.`);
  return { most: first + 1, after: after === null || after === undefined ? undefined : readCursor(after) };
}

export function connection<Node>(
  rows: readonly Node[],
  { most }: Page,
  keyOf: (node: Node) => string,
): Connection<Node> {
  const nodes = rows.slice(0, most - 1);
  const last = nodes.at(-1);
  return {
    nodes,
    pageInfo: {
      hasNextPage: rows.length === most,
      endCursor: last === undefined ? null : Buffer.from(keyOf(last)).toString('base64url'),
    },
  };
}

function readCursor(cursor: string): string {
  const key = Buffer.from(cursor, 'base64url').toString();
  if (key.length > 0 && key.length <= 300 && /^[\w .:|=/+-]+$/.test(key)) return key;
  throw new Refused('CURSOR', 'The cursor is none of this list.', {
    remedy: 'Pass `endCursor` of the page before.',
  });
}

/** A list that is whole in memory, by the names of its items. */
export function pageOfNamed<Node>(
  all: readonly Node[],
  args: PageArgs,
  keyOf: (node: Node) => string,
): Connection<Node> {
  const page = pageOf(args);
  const start = page.after === undefined ? 0 : all.findIndex((item) => keyOf(item) === page.after) + 1;
  return connection(all.slice(start, start + page.most), page, keyOf);
}

export function uuidKey(page: Page): string | undefined {
  if (page.after === undefined || /^[0-9a-f-]{36}$/.test(page.after)) return page.after;
  throw new Refused('CURSOR', 'The cursor is none of this list.', {
    remedy: 'Pass `endCursor` of the page before.',
  });
}
