import type { Field, FieldType, RecordType } from '../../src/contracts/record.ts';

export interface StagingColumn {
  readonly name: string;
  readonly type: string;
  /** The field that fills it; the line number has none. */
  readonly field: Field | undefined;
}

const SQL_TYPES: Readonly<Record<FieldType, string>> = {
  string: 'text',
  integer: 'integer',
  number: 'numeric',
  boolean: 'boolean',
  date: 'date',
  datetime: 'timestamp with time zone',
  array: 'text[]',
};

/**
 * What a row is staged as: its line in the file, then every field that may leave the agency, in contract order. In
 * rows about one young person the hub's surrogate stands in the place of the agency's pseudonym; only linkage rows
 * keep it, since the loader has to make the pair.
 */
export function stagingColumns(record: RecordType): readonly StagingColumn[] {
  return [
    { name: 'line', type: 'integer', field: undefined },
    ...stagedFields(record).map((field) =>
      becomesSurrogate(record, field)
        ? { name: 'surrogate', type: 'bytea', field }
        : { name: field.name, type: field.several ? 'text[]' : SQL_TYPES[field.type], field },
    ),
  ];
}

export function stagedFields(record: RecordType): readonly Field[] {
  return record.fields.filter((field) => field.leaves);
}

export function becomesSurrogate(record: RecordType, field: Field): boolean {
  return field.token === 'person' && record.subject !== 'linkage';
}
