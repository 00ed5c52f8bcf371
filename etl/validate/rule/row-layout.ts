import type { Contracts } from '../../../src/contracts/contracts.ts';
import type { Field, Moment, RecordType } from '../../../src/contracts/record.ts';
import type { SlotKind } from '../field/field-form.ts';
import { stagedFields } from '../staging-columns.ts';

/** Where the values of a record's fields stand while a row is judged. */
export interface RowLayout {
  readonly record: RecordType;
  readonly fields: readonly Field[];
  readonly kinds: readonly SlotKind[];
  readonly values: Float64Array;
  readonly codes: readonly Int32Array[];
  /** By field, the codes that the numbers stand for. */
  readonly codeNames: readonly (readonly string[])[];
}

export function layOut(contracts: Contracts, record: RecordType): RowLayout {
  const fields = stagedFields(record);
  const codeNames = fields.map(
    (field) => contracts.codeLists.get(field.codes ?? '')?.codes.map((code) => code.code) ?? [],
  );
  return {
    record,
    fields,
    kinds: fields.map(kindOf),
    values: new Float64Array(fields.length),
    codes: fields.map((field, at) => new Int32Array(field.several ? (codeNames[at]?.length ?? 0) : 0)),
    codeNames,
  };
}

function kindOf(field: Field): SlotKind {
  if (field.codes !== undefined) return field.several ? 'codes' : 'code';
  switch (field.type) {
    case 'date':
      return 'day';
    case 'datetime':
      return 'moment';
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
      return 'truth';
    case 'string':
    case 'array':
      return 'text';
  }
}

/** The field's slot, or -1 where the row does not hold it; `$start` and `$end` are the record's own. */
export function slotOf(layout: RowLayout, name: string): number {
  return layout.fields.findIndex((field) => field.name === standsFor(layout.record, name));
}

/** What a standing name means in a record: an event without a start begins at its own moment. */
export function standsFor(record: RecordType, name: string): string | undefined {
  if (name === '$start') return (withMoment(record, 'start') ?? withMoment(record, 'at'))?.name;
  if (name === '$end') return withMoment(record, 'end')?.name;
  return name;
}

function withMoment(record: RecordType, moment: Moment): Field | undefined {
  return record.fields.find((field) => field.moment === moment);
}
