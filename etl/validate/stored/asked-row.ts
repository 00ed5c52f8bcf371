import type { Contracts } from '../../../src/contracts/contracts.ts';
import { recordNamed } from '../../../src/contracts/lookup.ts';
import type { Field, RecordType } from '../../../src/contracts/record.ts';
import { standsFor } from '../rule/row-layout.ts';
import { day, type Time } from './sql.ts';

/** What stored rules are asked of. Every relation is SQL text that can stand after FROM. */
export interface StoredRows {
  readonly contracts: Contracts;
  /** The rows of a record that hold now, with the contract's field names in lower case as columns. */
  readonly relation: (record: string) => string;
  /** surrogate, person_id: what linkage found; only the scope `linked` reads it. */
  readonly persons: string;
  /** source_agency, record, received_at, rows: one row per record type of each delivery that was loaded. */
  readonly deliveries: string;
  /** The moment to which clocks have run that nothing has stopped. */
  readonly asOf: string;
}

/** One row of a record inside a statement, and the rows that its foreign keys lead to. */
export interface AskedRow {
  readonly record: RecordType;
  readonly alias: string;
  readonly field: (path: string) => Field;
  readonly column: (path: string) => string;
  readonly time: (path: string) => Time;
  /** Joins another relation to the row, once under each name. */
  readonly join: (name: string, sql: string) => void;
  /** The row's relation and all that was joined to it, to stand after FROM; ask for it last. */
  readonly from: () => string;
}

export function askedRow(rows: StoredRows, name: string, alias: string): AskedRow {
  const record = recordNamed(rows.contracts, name);
  const joined = new Map<string, string>();

  const follow = (path: string): { of: RecordType; alias: string; name: string } => {
    const dot = path.indexOf('.');
    if (dot < 0) return { of: record, alias, name: standsFor(record, path) ?? path };
    const target = path.slice(0, dot);
    const key = record.foreignKeys.find((candidate) => candidate.record === target);
    if (key === undefined) throw new Error(`${record.name} has no foreign key to ${target}`);
    const of = recordNamed(rows.contracts, target);
    const other = `${alias}_${target}`;
    const on = key.fields.map(
      (own, at) => `${columnOf(of, other, key.referenced[at] ?? own)} = ${columnOf(record, alias, own)}`,
    );
    joined.set(other, `LEFT JOIN ${rows.relation(target)} ${other} ON ${on.join(' AND ')}`);
    return { of, alias: other, name: path.slice(dot + 1) };
  };
  const field = (path: string): Field => {
    const { of, name } = follow(path);
    const found = of.fields.find((candidate) => candidate.name === name);
    if (found === undefined) throw new Error(`${of.name} has no field ${name}`);
    return found;
  };
  const column = (path: string): string => {
    const found = follow(path);
    return columnOf(found.of, found.alias, found.name);
  };
  return {
    record,
    alias,
    field,
    column,
    time: (path) => ({ sql: column(path), kind: field(path).type === 'datetime' ? 'moment' : 'day' }),
    join: (name, sql) => void joined.set(name, sql),
    from: () => [`${rows.relation(name)} ${alias}`, ...joined.values()].join(' '),
  };
}

/** The agency's pseudonym was replaced by the hub's surrogate before anything was stored. */
function columnOf(record: RecordType, alias: string, name: string): string {
  const field = record.fields.find((candidate) => candidate.name === name);
  return `${alias}.${field?.token === 'person' ? 'surrogate' : name.toLowerCase()}`;
}

/** The first and the last day of a row's span. An event has one day; a span without an end goes on. */
export function spanOf(row: AskedRow): { first: string; last: string } {
  const first = day(row.time('$start'));
  const hasEnd = standsFor(row.record, '$end') !== undefined;
  return { first, last: hasEnd ? `coalesce(${day(row.time('$end'))}, 'infinity'::date)` : first };
}

export function isSameRow(one: AskedRow, other: AskedRow): string {
  return `${one.alias}.source_agency = ${other.alias}.source_agency AND ${one.alias}.source_record_id = ${other.alias}.source_record_id`;
}
