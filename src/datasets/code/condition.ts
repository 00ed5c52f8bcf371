/** Conditions that a query may have, read into words of our own and printed anew: no text of the researcher ever runs. */
import type { Contracts } from '../../contracts/contracts.ts';
import { Refused } from '../../errors.ts';
import { CODED, FLAGS, LISTED, NUMBERS, OF_PERIOD, PERIOD, WITHHELD } from './shape.ts';
import { listOf, type Node, nodeOf, only, wordsOf } from './syntax-tree.ts';

const COMPARISONS = new Set(['=', '<>', '<', '<=', '>', '>=']);

/** As SQL over the columns of the shape. Nothing in it can fail on a row, or take longer for one row than for another. */
export function conditionOf(wrapped: Node, contracts: Contracts): string {
  const { kind, node } = only(wrapped);
  switch (kind) {
    case 'BoolExpr':
      return junction(node, contracts);
    case 'ColumnRef':
      return flag(node);
    case 'NullTest':
      return `(${columnIn(nodeOf(node, 'arg'))} IS ${node['nulltesttype'] === 'IS_NULL' ? '' : 'NOT '}NULL)`;
    case 'A_Expr':
      return comparison(node, contracts);
    default:
      return refuse(`A condition holds something that is not understood here (${kind}).`);
  }
}

function junction(node: Node, contracts: Contracts): string {
  const parts = listOf(node, 'args').map((part) => conditionOf(part, contracts));
  if (node['boolop'] === 'NOT_EXPR') return `(NOT ${parts[0]})`;
  return `(${parts.join(node['boolop'] === 'OR_EXPR' ? ' OR ' : ' AND ')})`;
}

function flag(node: Node): string {
  const name = columnName(node);
  return FLAGS.has(name) ? name : refuse(`${name} is no condition by itself.`);
}

function comparison(node: Node, contracts: Contracts): string {
  const left = nodeOf(node, 'lexpr');
  const right = nodeOf(node, 'rexpr');
  const operator = wordsOf(listOf(node, 'name')).join('.');
  switch (node['kind']) {
    case 'AEXPR_OP': {
      const name = columnIn(left);
      if (!COMPARISONS.has(operator)) return refuse(`The operator ${operator} is not understood here.`);
      if (name in CODED && operator !== '=' && operator !== '<>')
        return refuse(`${name} is a code, which is equal or not.`);
      return `(${name} ${operator} ${constant(name, right, contracts)})`;
    }
    case 'AEXPR_IN': {
      const name = columnIn(left);
      const items = listOf(nodeOf(right, 'List'), 'items').map((item) => constant(name, item, contracts));
      return `(${name} ${operator === '<>' ? 'NOT ' : ''}IN (${items.join(', ')}))`;
    }
    case 'AEXPR_BETWEEN':
    case 'AEXPR_NOT_BETWEEN': {
      const name = columnIn(left);
      const [low, high] = listOf(nodeOf(right, 'List'), 'items').map((item) =>
        constant(name, item, contracts),
      );
      if (!NUMBERS.has(name)) return refuse(`${name} is no number.`);
      return `(${name} ${node['kind'] === 'AEXPR_BETWEEN' ? '' : 'NOT '}BETWEEN ${low} AND ${high})`;
    }
    case 'AEXPR_OP_ANY': {
      const list = only(right).kind === 'ColumnRef' ? columnName(nodeOf(right, 'ColumnRef')) : '';
      if (LISTED[list] === undefined || operator !== '=')
        return refuse('= ANY is asked of a column that holds a list.');
      return `(${code(LISTED[list], left, contracts)} = ANY (${list}))`;
    }
    default:
      return refuse('A comparison is not understood here.');
  }
}

function columnIn(wrapped: Node): string {
  const { kind, node } = only(wrapped);
  if (kind !== 'ColumnRef') return refuse('A comparison has a column of the table on its left, as it is.');
  return columnName(node);
}

/** The name of a column that a query may ask about; an alias of the table may stand before it. */
export function columnName(node: Node): string {
  const name = wordsOf(listOf(node, 'fields')).at(-1) ?? '';
  if (WITHHELD.has(name))
    throw new Refused('WITHHELD', `${name} is published for the whole state alone, by the steward.`, {
      remedy: 'Leave it out, and ask the steward.',
    });
  if (OF_PERIOD.has(name)) return refuse(`A table is made of every period: ${name} is not asked about.`);
  if (name === PERIOD || name in CODED || name in LISTED || FLAGS.has(name) || NUMBERS.has(name)) return name;
  return refuse('It names a column that person_period does not have.');
}

function constant(name: string, wrapped: Node, contracts: Contracts): string {
  if (name === PERIOD) return refuse('A table is made of every period: it cannot be of some.');
  const list = CODED[name]?.list;
  if (list !== undefined) return code(list, wrapped, contracts);
  const { kind, node } = only(wrapped);
  if (kind !== 'A_Const') return refuse('A comparison has a plain value on its right.');
  if (FLAGS.has(name) && 'boolval' in node)
    return nodeOf(node, 'boolval')['boolval'] === true ? 'true' : 'false';
  const whole = nodeOf(node, 'ival')['ival'] ?? ('ival' in node ? 0 : undefined);
  if (NUMBERS.has(name) && typeof whole === 'number' && whole <= 24) return String(whole);
  return refuse(`${name} is compared with something that it cannot be.`);
}

/** Only what the code list holds: no other word reaches the database. */
function code(list: string, wrapped: Node, contracts: Contracts): string {
  const { kind, node } = only(wrapped);
  const said = kind === 'A_Const' ? nodeOf(node, 'sval')['sval'] : undefined;
  const known = contracts.codeLists.get(list)?.codes.find((one) => one.code === said);
  if (known !== undefined) return `'${known.code.replaceAll("'", "''")}'`;
  if (said === 'unknown') return `'unknown'`;
  return refuse(`A column is compared with something that is not in the code list ${list}.`);
}

function refuse(message: string): never {
  throw new Refused('NOT_UNDERSTOOD', message, {
    remedy: 'docs/datasets-synthetic.md says what a query may hold.',
  });
}
