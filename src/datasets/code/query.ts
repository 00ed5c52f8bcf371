/** A researcher's query as the hub understands it: whom it counts, by what, and under which condition. */
import type { Contracts } from '../../contracts/contracts.ts';
import { Refused } from '../../errors.ts';
import { columnName, conditionOf } from './condition.ts';
import { isCountOfPersons, refuseAtSight } from './refuse-at-sight.ts';
import { CODED, MOST_DIMENSIONS, PERIOD, TABLE } from './shape.ts';
import { listOf, type Node, nodeOf, only, parsed, wordsOf } from './syntax-tree.ts';

export interface Query {
  /** Columns of codes, in the order of GROUP BY; the period is always one besides. */
  readonly dimensions: readonly string[];
  /** Who is counted, or of whom it is a share. */
  readonly where: string;
  /** For a share: who of them is counted. */
  readonly met: string | undefined;
}

const LONGEST = 20_000;
/** The order of a table is nobody's to say, and is left out. */
const KNOWN = new Set([
  'targetList',
  'fromClause',
  'whereClause',
  'groupClause',
  'sortClause',
  'limitOption',
  'op',
]);

export async function readQuery(sql: string, contracts: Contracts): Promise<Query> {
  if (sql.length > LONGEST) refuse('TOO_LONG', `The text has more than ${LONGEST} characters.`);
  const statement = await parsed(sql);
  refuseAtSight(statement);
  const select = statement.node;
  const found = Object.keys(select).find((clause) => !KNOWN.has(clause));
  if (found !== undefined || select['op'] !== 'SETOP_NONE')
    refuse('NOT_UNDERSTOOD', `It has a part that a table cannot have (${found ?? 'set operation'}).`);
  const [from = {}] = listOf(select, 'fromClause');
  if (only(from).kind !== 'RangeVar') refuse('NOT_UNDERSTOOD', `It does not read ${TABLE} as it is.`);
  const where =
    select['whereClause'] === undefined ? 'true' : conditionOf(nodeOf(select, 'whereClause'), contracts);
  const dimensions = dimensionsOf(select);
  if (dimensions.includes('status') && !asksForIdentified(nodeOf(select, 'whereClause')))
    refuse('NOT_UNDERSTOOD', 'By status, those identified are counted: ask for WHERE identified.');
  return { dimensions, ...countedOf(select, where, contracts) };
}

/** What is grouped by must be selected, and the other way round: the shape of the table is said once. */
function dimensionsOf(select: Node): string[] {
  const targets = listOf(select, 'targetList').map((target) => nodeOf(nodeOf(target, 'ResTarget'), 'val'));
  const selected = targets.filter((value) => only(value).kind === 'ColumnRef').map(columnOf);
  const grouped = listOf(select, 'groupClause').map((item) => {
    const place = nodeOf(nodeOf(item, 'A_Const'), 'ival')['ival'];
    return columnOf(typeof place === 'number' ? (targets[place - 1] ?? {}) : item);
  });
  if (selected.toSorted().join() !== grouped.toSorted().join() || new Set(grouped).size < grouped.length)
    refuse('NOT_AGGREGATED', 'It selects columns by which it does not group, or the other way round.');
  if (!grouped.includes(PERIOD)) refuse('NOT_AGGREGATED', 'It does not group by period.');
  const dimensions = grouped.filter((name) => name !== PERIOD);
  for (const name of dimensions)
    if (CODED[name]?.by !== true) refuse('NOT_UNDERSTOOD', `Tables are not broken down by ${name}.`);
  if (dimensions.length > MOST_DIMENSIONS)
    refuse('TOO_FINE', `It groups by more than ${MOST_DIMENSIONS} columns besides the period.`);
  return dimensions;
}

function asksForIdentified(wrapped: Node): boolean {
  const { kind, node } = only(wrapped);
  if (kind === 'BoolExpr' && node['boolop'] === 'AND_EXPR')
    return listOf(node, 'args').some(asksForIdentified);
  return kind === 'ColumnRef' && wordsOf(listOf(node, 'fields')).at(-1) === 'identified';
}

function columnOf(wrapped: Node): string {
  const { kind, node } = only(wrapped);
  if (kind !== 'ColumnRef') refuse('NOT_AGGREGATED', 'It groups by something that is no column.');
  return columnName(node);
}

/** One count is a count; a count with a filter beside one without is a share. */
function countedOf(select: Node, where: string, contracts: Contracts): Pick<Query, 'where' | 'met'> {
  const filters = listOf(select, 'targetList')
    .map((target) => only(nodeOf(nodeOf(target, 'ResTarget'), 'val')))
    .filter(({ kind }) => kind !== 'ColumnRef')
    .map(({ kind, node }) => filterOf(kind, node, contracts));
  const open = filters.filter((filter) => filter === undefined).length;
  const met = filters.find((filter) => filter !== undefined);
  if (filters.length === 1 && open === 1) return { where, met: undefined };
  if (filters.length === 1 && met !== undefined) return { where: `(${where} AND ${met})`, met: undefined };
  if (filters.length === 2 && open === 1 && met !== undefined) return { where, met };
  return refuse(
    'NOT_AGGREGATED',
    'It selects one count, or for a share one count and one count with a FILTER, and nothing else.',
  );
}

function filterOf(kind: string, node: Node, contracts: Contracts): string | undefined {
  const name = wordsOf(listOf(node, 'funcname')).join('.');
  const isAll = node['agg_star'] === true;
  const isDistinct = node['agg_distinct'] === true;
  if (
    kind !== 'FuncCall' ||
    name !== 'count' ||
    isAll === isDistinct ||
    (isDistinct && !isCountOfPersons(node))
  )
    refuse(
      'NOT_AGGREGATED',
      'It selects something else than columns, count(*) and count(DISTINCT person_id).',
    );
  if (node['over'] !== undefined || node['agg_order'] !== undefined)
    refuse('NOT_UNDERSTOOD', 'A count has no window and no order.');
  return node['agg_filter'] === undefined ? undefined : conditionOf(nodeOf(node, 'agg_filter'), contracts);
}

function refuse(code: string, message: string): never {
  throw new Refused(code, message, {
    remedy: 'docs/datasets-synthetic.md says what a query may hold.',
  });
}
