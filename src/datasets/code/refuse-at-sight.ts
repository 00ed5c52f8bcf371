/** What is refused wherever in a query it stands, with the reason that it is refused for. */
import { Refused } from '../../errors.ts';
import { PERSON, TABLE } from './shape.ts';
import { everyNode, listOf, type Node, nodeOf, wordsOf } from './syntax-tree.ts';

export function refuseAtSight(statement: { readonly kind: string; readonly node: Node }): void {
  const whole = { [statement.kind]: statement.node };
  for (const { kind } of everyNode(whole)) {
    if (kind.endsWith('Stmt') && kind !== 'SelectStmt') refuse('WRITES', 'It does something else than read.');
    if (kind === 'intoClause') refuse('WRITES', 'It makes a table.');
    if (kind === 'LockingClause') refuse('WRITES', 'It locks rows.');
  }
  for (const { kind, node } of everyNode(whole)) {
    if (kind === 'withClause')
      refuse(
        'LOOPS',
        node['recursive'] === true ? 'It calls itself.' : 'It reads a query of its own (WITH).',
      );
    if (kind === 'RangeFunction') refuse('LOOPS', 'It makes rows by a function.');
    if (kind === 'JoinExpr' || kind === 'SelectStmt')
      if (kind === 'JoinExpr' || listOf(node, 'fromClause').length > 1)
        refuse('LOOPS', 'It joins rows with each other.');
  }
  for (const { kind, node } of everyNode(whole)) {
    if (kind !== 'RangeVar') continue;
    if (node['schemaname'] !== undefined || node['catalogname'] !== undefined || node['relname'] !== TABLE)
      refuse('OTHER_TABLE', `It reads another table or schema than ${TABLE}.`);
  }
  refusePersons(whole);
  for (const { kind } of everyNode(whole))
    if (kind === 'SubLink' || kind === 'RangeSubselect') refuse('LOOPS', 'It has another query within it.');
}

/** The one thing that may be done with a person is to count them. */
function refusePersons(whole: Node): void {
  const named = [...everyNode(whole)].filter(({ kind, node }) => kind === 'ColumnRef' && isPerson(node));
  const counted = [...everyNode(whole)].filter(
    ({ kind, node }) => kind === 'FuncCall' && isCountOfPersons(node),
  );
  if (named.length !== counted.length)
    refuse('NAMES_A_PERSON', 'It does something else with persons than count them.');
}

function isPerson(node: Node): boolean {
  return wordsOf(listOf(node, 'fields')).at(-1) === PERSON;
}

export function isCountOfPersons(node: Node): boolean {
  const [argument] = listOf(node, 'args');
  return (
    wordsOf(listOf(node, 'funcname')).join('.') === 'count' &&
    node['agg_distinct'] === true &&
    listOf(node, 'args').length === 1 &&
    argument !== undefined &&
    isPerson(nodeOf(argument, 'ColumnRef'))
  );
}

function refuse(code: string, message: string): never {
  throw new Refused(code, message, {
    remedy: `Send one SELECT over ${TABLE} that counts young people by period and at most two columns (docs/datasets-synthetic.md).`,
  });
}
