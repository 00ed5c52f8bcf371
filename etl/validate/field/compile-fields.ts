import type { Contracts } from '../../../src/contracts/contracts.ts';
import type { Field, System } from '../../../src/contracts/record.ts';
import { suspicionOf } from '../guard/value-guard.ts';
import { part2RuleOf } from '../rule/part-2.ts';
import type { RowLayout } from '../rule/row-layout.ts';
import { becomesSurrogate } from '../staging-columns.ts';
import { type CodeSource, codeField, codesField } from './code-field.ts';
import { type FieldForm, OTHER_KEY, type Room, type Slots, WITHHELD, type WriteField } from './field-form.ts';
import { dateField, datetimeField } from './moment-field.ts';
import { integerField, numberField } from './number-field.ts';
import { constantField, openField, patternField } from './text-field.ts';
import { truthField } from './truth-field.ts';

/** Writes the surrogate of a person token as COPY text for a bytea column, and answers where it ended. */
export type WriteSurrogate = (
  bytes: Uint8Array,
  start: number,
  end: number,
  out: Uint8Array,
  at: number,
) => number;

/** What the same contract depends on from one delivery to the next. */
export interface Circumstances {
  readonly agency: string;
  /** The system that the sending agency belongs to. */
  readonly system: System;
  /** The moment that the delivery describes, as its manifest gives it: with its offset. */
  readonly asOf: string;
  /** Whether the agreement in force names services to which a minor consents alone. */
  readonly minorConsentServices: boolean;
  /** Fields that the agreement leaves out, as `record.field`. */
  readonly withheld?: ReadonlySet<string>;
  /** The version of the key that the manifest says linkage rows were made with. */
  readonly keyVersion?: string;
  readonly writeSurrogate: WriteSurrogate;
  /** The most bytes that writeSurrogate ever writes. */
  readonly surrogateBytes: number;
}

const AS_LONG: Room = { perByte: 1, fixed: 0 };
const ESCAPED: Room = { perByte: 2, fixed: 0 };

/** One form per staged field, in contract order. */
export function compileFields(
  contracts: Contracts,
  layout: RowLayout,
  slots: Slots,
  circumstances: Circumstances,
): readonly FieldForm[] {
  const { record, fields, kinds } = layout;
  const { agency, minorConsentServices } = circumstances;
  const source: CodeSource = {
    contracts,
    record,
    agency,
    part2: part2RuleOf(contracts, record) === undefined ? undefined : { minorConsentServices },
  };
  return fields.map((field, slot): FieldForm => {
    const kind = kinds[slot] ?? 'text';
    const form = (write: WriteField, room: Room = AS_LONG): FieldForm => ({ field, kind, write, room });
    const { values } = slots;
    if (circumstances.withheld?.has(`${record.name}.${field.name}`) === true) return form(() => WITHHELD);
    switch (kind) {
      case 'code':
      case 'codes': {
        const { write, room } = (kind === 'code' ? codeField : codesField)(slots, slot, field, source);
        return form(write, room);
      }
      case 'day':
        return form(dateField(values, slot, field.constraints));
      case 'moment':
        return form(datetimeField(values, slot, field.constraints));
      case 'number':
        return form((field.type === 'integer' ? integerField : numberField)(values, slot, field.constraints));
      case 'truth':
        return form(truthField(values, slot), { perByte: 0, fixed: 1 });
      case 'text':
        break;
    }
    if (
      circumstances.keyVersion !== undefined &&
      record.subject === 'linkage' &&
      field.name === 'key_version'
    )
      return form(keyVersionField(values, slot, circumstances.keyVersion));
    const text = textField(contracts, values, slot, field, agency);
    if (!becomesSurrogate(record, field)) return form(text, ESCAPED);
    const { writeSurrogate, surrogateBytes } = circumstances;
    return form(
      (bytes, start, end, out, at) => {
        const taken = text(bytes, start, end, out, at);
        return taken < 0 ? taken : writeSurrogate(bytes, start, end, out, at);
      },
      { perByte: 2, fixed: surrogateBytes },
    );
  });
}

function textField(
  contracts: Contracts,
  values: Float64Array,
  slot: number,
  field: Field,
  agency: string,
): WriteField {
  if (field.name === 'source_agency') return constantField(values, slot, agency);
  const suspicion = suspicionOf(contracts, field);
  if (field.constraints.pattern === undefined && suspicion !== undefined)
    return openField(values, slot, field.constraints, suspicion);
  return patternField(values, slot, field.constraints, suspicion);
}

function keyVersionField(values: Float64Array, slot: number, version: string): WriteField {
  const same = constantField(values, slot, version);
  return (bytes, start, end, out, at) => {
    const taken = same(bytes, start, end, out, at);
    return taken < 0 ? OTHER_KEY : taken;
  };
}
