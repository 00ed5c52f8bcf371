import { Refused } from '../errors.ts';
import { type Figure, readFigures } from './figures.ts';
import { expectArray, expectFields, expectId, expectIds, expectObject } from './reading.ts';

/** One figure of a table: a count, unless it is marked as a magnitude. */
export interface Cell {
  readonly id: string;
  readonly v: number;
  /** Never published by design, yet tied by an equation to cells that are: a difference, a complement. */
  readonly withheld: boolean;
  /** Withheld, but known not to be zero: an earlier release hid it while showing every zero. */
  readonly nonzero: boolean;
  /** Already public (an earlier release): it cannot be hidden any more. */
  readonly fixed: boolean;
  /** A sum of amounts, such as days or dollars: no threshold applies to its size. */
  readonly magnitude: boolean;
  /** How much is lost when it is hidden, against 1 for other cells. */
  readonly weight: number;
  /** What each contributor (agency, provider) adds to the cell, for the dominance rules. */
  readonly contributors?: readonly number[];
  /** The groups it belongs to (county, race …), for the statistics of what protection hides. */
  readonly groups?: Readonly<Record<string, string>>;
}

/** A total and the parts that add up to it. */
export type Equation = readonly [total: string, parts: readonly string[]];

/** Somebody who knows some cells for certain: a county its own, an agency the cells that it fills alone. */
export interface Insider {
  readonly name: string;
  readonly knows: readonly string[];
  /** Knows them for holding only their own young people, so that whatever is within them is known as well. */
  readonly own?: boolean;
}

/** These together are at most those together: a part and its whole, where people may be in several parts. */
export type AtMost = readonly [smaller: readonly string[], larger: readonly string[]];

/** A set of linked tables: cells that share ids are one cell. */
export interface Table {
  readonly cells: readonly Cell[];
  readonly eqs: readonly Equation[];
  readonly atMost: readonly AtMost[];
  /** When given, these cells are protected instead of those under the threshold. */
  readonly primary?: readonly string[];
  readonly figures: readonly Figure[];
  readonly insiders: readonly Insider[];
  /** [whole, part]: learning that all of the whole are in the part would tell something about each of them. */
  readonly sensitive: readonly (readonly [whole: string, part: string])[];
}

const CELL_FIELDS = [
  'id',
  'v',
  'withheld',
  'nonzero',
  'fixed',
  'magnitude',
  'weight',
  'contributors',
  'groups',
];
const TABLE_FIELDS = ['cells', 'eqs', 'atMost', 'primary', 'figures', 'insiders', 'sensitive', 'earlier'];

/** Reads a table as given (parsed JSON) and refuses what is no table, naming the cells at fault. */
export function readTable(input: unknown): Table {
  const source = expectObject(input, 'table');
  expectFields(source, TABLE_FIELDS, 'table', { open: true });
  const cells = readCells(expectArray(source['cells'], 'cells'));
  const known = new Map(cells.map((cell) => [cell.id, cell]));
  const eqs = readEquations(expectArray(source['eqs'] ?? [], 'eqs'), known);
  refuseWhatDoesNotAddUp(eqs, known);
  const primary = source['primary'] === undefined ? undefined : expectIds(source['primary'], 'primary');
  const table: Table = {
    cells,
    eqs,
    atMost: readAtMost(expectArray(source['atMost'] ?? [], 'atMost'), known),
    ...(primary === undefined ? {} : { primary }),
    figures: readFigures(source['figures'] ?? []),
    insiders: expectArray(source['insiders'] ?? [], 'insiders').map(readInsider),
    sensitive: expectArray(source['sensitive'] ?? [], 'sensitive').map(readPair),
  };
  refuseUnknownIds(table, known);
  return table;
}

/**
 * The parts that may be hidden for being all or nothing of their whole: of these nobody can count on seeing every zero, also
 * where every other zero is shown.
 */
export function sensitiveParts(table: Table): ReadonlySet<string> {
  const known = parts.get(table) ?? new Set(table.sensitive.map(([, part]) => part));
  parts.set(table, known);
  return known;
}

const parts = new WeakMap<Table, ReadonlySet<string>>();

function readCells(input: readonly unknown[]): Cell[] {
  const cells = new Map<string, Cell>();
  const bad = { missing: [] as string[], wrong: [] as string[], twice: [] as string[] };
  for (const item of input) {
    const cell = readCell(item);
    if (cell === undefined) continue;
    const { id, v } = cell;
    const other = cells.get(id);
    if (v === undefined || v === null) bad.missing.push(id);
    else if (typeof v !== 'number' || !Number.isSafeInteger(v) || v < 0) bad.wrong.push(id);
    else if (other !== undefined && other.v !== v) bad.twice.push(id);
    else cells.set(id, { ...cell, v });
  }
  refuseIf(bad.missing, 'CELL_WITHOUT_VALUE', 'cells without a value', 'give every cell a whole number');
  refuseIf(
    bad.wrong,
    'CELL_NOT_A_COUNT',
    'cells that are no whole number from 0',
    'give counts, not rates, estimates or differences',
  );
  refuseIf(
    bad.twice,
    'CELL_CONTRADICTED',
    'cells given twice with different values',
    'one id is one figure: rename one of them or correct it',
  );
  if (cells.size === 0) throw new Refused('TABLE_EMPTY', 'the table has no cells');
  return [...cells.values()];
}

function readCell(item: unknown): (Omit<Cell, 'v'> & { v: unknown }) | undefined {
  const source = expectObject(item, 'cells');
  const id = expectId(source['id'], 'cells');
  expectFields(source, CELL_FIELDS, `cell ${id}`, { open: true });
  const weight = source['weight'] ?? 1;
  if (typeof weight !== 'number' || !Number.isFinite(weight) || weight < 0)
    throw new Refused('CELL_WEIGHT', `cell ${id}: weight must be a number from 0`);
  const contributors = source['contributors'];
  return {
    id,
    v: source['v'],
    withheld: source['withheld'] === true,
    nonzero: source['nonzero'] === true,
    fixed: source['fixed'] === true,
    magnitude: source['magnitude'] === true,
    weight,
    ...(contributors === undefined ? {} : { contributors: readContributors(contributors, id) }),
    ...(source['groups'] === undefined ? {} : { groups: readGroups(source['groups'], id) }),
  };
}

function readContributors(input: unknown, id: string): number[] {
  return expectArray(input, `cell ${id}: contributors`).map((share) => {
    if (typeof share !== 'number' || !Number.isFinite(share) || share < 0)
      throw new Refused('CELL_CONTRIBUTORS', `cell ${id}: contributors must be numbers from 0`);
    return share;
  });
}

function readGroups(input: unknown, id: string): Record<string, string> {
  const groups = expectObject(input, `cell ${id}: groups`);
  return Object.fromEntries(Object.entries(groups).map(([key, name]) => [key, String(name)]));
}

function readEquations(input: readonly unknown[], known: ReadonlyMap<string, Cell>): Equation[] {
  const eqs: Equation[] = [];
  const totals = new Set<string>();
  const parts = new Set<string>();
  for (const item of input) {
    const pair = expectArray(item, 'eqs');
    const total = expectId(pair[0], 'eqs');
    const of = expectIds(pair[1], `eqs ${total}`);
    if (new Set(of).size !== of.length || of.includes(total))
      throw new Refused('EQUATION_REPEATS', `the sum ${total} names a cell twice`);
    if (!known.has(total)) totals.add(total);
    for (const part of of) if (!known.has(part)) parts.add(part);
    eqs.push([total, of]);
  }
  refuseIf([...totals], 'TOTAL_MISSING', 'totals of sums that are not among the cells', 'add the totals');
  refuseIf([...parts], 'PART_MISSING', 'parts of sums that are not among the cells', 'add the parts');
  return eqs;
}

function refuseWhatDoesNotAddUp(eqs: readonly Equation[], known: ReadonlyMap<string, Cell>): void {
  const wrong = eqs.filter(([total, parts]) => {
    const sum = parts.reduce((so, part) => so + (known.get(part)?.v ?? 0), 0);
    return sum !== known.get(total)?.v;
  });
  refuseIf(
    wrong.map(([total]) => total),
    'TABLE_DOES_NOT_ADD_UP',
    'totals that are not the sum of their parts',
    `correct the totals or their parts, such as ${wrong[0]?.[0]} = ${wrong[0]?.[1].join(' + ')}`,
  );
}

function readAtMost(input: readonly unknown[], known: ReadonlyMap<string, Cell>): AtMost[] {
  const pairs = input.map((item): AtMost => {
    const [smaller, larger] = expectArray(item, 'atMost');
    return [expectIds(smaller, 'atMost'), expectIds(larger, 'atMost')];
  });
  const value = (ids: readonly string[]): number => ids.reduce((so, id) => so + (known.get(id)?.v ?? 0), 0);
  const strange = pairs.flat(2).filter((id) => !known.has(id));
  refuseIf(strange, 'CELL_UNKNOWN', 'ids that are not among the cells', 'add the cells or drop the ids');
  const wrong = pairs.filter(([smaller, larger]) => value(smaller) > value(larger));
  refuseIf(
    wrong.map(([smaller]) => smaller.join(' + ')),
    'PART_ABOVE_WHOLE',
    'parts that are larger than what they are a part of',
    'correct the cells',
  );
  return pairs;
}

function readInsider(item: unknown): Insider {
  const source = expectObject(item, 'insiders');
  const name = expectId(source['name'], 'insiders');
  const knows = expectIds(source['knows'], `insider ${name}`);
  return { name, knows, ...(source['own'] === true ? { own: true } : {}) };
}

function readPair(item: unknown): readonly [string, string] {
  const [whole, part] = expectArray(item, 'sensitive');
  return [expectId(whole, 'sensitive'), expectId(part, 'sensitive')];
}

function refuseUnknownIds(table: Table, known: ReadonlyMap<string, Cell>): void {
  const named = [
    ...(table.primary ?? []),
    ...table.insiders.flatMap((insider) => insider.knows),
    ...table.sensitive.flat(),
    ...table.figures.flatMap((figure) => figure.operands),
  ];
  const unknown = [...new Set(named.filter((id) => !known.has(id)))];
  refuseIf(unknown, 'CELL_UNKNOWN', 'ids that are not among the cells', 'add the cells or drop the ids');
}

/** At most this many ids are named in one message; the count tells the rest. */
const NAMED = 20;

function refuseIf(ids: readonly string[], code: string, what: string, remedy: string): void {
  const distinct = [...new Set(ids)];
  if (distinct.length === 0) return;
  const more = distinct.length > NAMED ? ` and ${distinct.length - NAMED} more` : '';
  throw new Refused(code, `${what}: ${distinct.slice(0, NAMED).join(', ')}${more}`, { remedy });
}
