/** How a record type of the contracts lies in the database. Pure: names and types, no connection. */
import type { Contracts } from '../../src/contracts/contracts.ts';
import type { RecordType } from '../../src/contracts/record.ts';
import { stagingColumns } from '../validate/staging-columns.ts';

export interface Column {
  readonly name: string;
  readonly type: string;
}

export interface RecordTable {
  readonly record: string;
  /** Content lies in `events`, tokens and filters in `linkage`: no role but the loader reads both. */
  readonly schema: 'events' | 'linkage';
  /** The fields of the contract in their order, the agency's pseudonym replaced by the hub's surrogate. */
  readonly columns: readonly Column[];
  /** What tells one row from another, the source's agency first. */
  readonly key: readonly string[];
}

/** What the hub adds to a row: where it came from, and from when to when the hub held it for true. */
export const provenance: readonly Column[] = [
  { name: 'delivery', type: 'bigint' },
  { name: 'line', type: 'integer' },
  { name: 'known_from', type: 'timestamp with time zone' },
  { name: 'known_to', type: 'timestamp with time zone' },
];

/** Record types that arrive as files of rows; the others are kept by hand or close a delivery. */
export function deliveredRecords(contracts: Contracts): readonly RecordType[] {
  return [...contracts.records.values()].filter((record) =>
    record.fields.some((field) => field.name === 'source_record_id'),
  );
}

export function recordTable(record: RecordType): RecordTable {
  const [, ...columns] = stagingColumns(record);
  return {
    record: record.name,
    schema: record.subject === 'linkage' ? 'linkage' : 'events',
    columns: columns.map(({ name, type }) =>
      name === pseudonym ? surrogate : { name: name.toLowerCase(), type },
    ),
    key: record.primaryKey.map((name) => (name === pseudonym ? surrogate.name : name)),
  };
}

/** What an agency calls a young person; it never lies beside content, and in linkage only beside its surrogate. */
const pseudonym = 'person_token';
const surrogate: Column = { name: 'surrogate', type: 'bytea' };
