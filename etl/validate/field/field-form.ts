import type { Field } from '../../../src/contracts/record.ts';
import type { Batch } from '../../receive/batch.ts';

/** Why a value was not taken. Each is below every place in a buffer, so that one number answers both. */
export const MALFORMED = -1;
export const UNMAPPED = -2;
export const NEVER_HELD = -3;
/** A service that rule Q305 keeps out of rows about one young person. */
export const PART_2 = -5;
/** It has the form of its field, and that of something that identifies a person. */
export const IDENTIFYING = -4;
/** The agreement leaves the field out, whatever stands in it. */
export const WITHHELD = -6;
/** Made with another version of the project's key than the manifest says. */
export const OTHER_KEY = -7;

/**
 * Checks one value that is there and writes it as COPY text; answers where it ended in `out`, or why it was not
 * taken. What rules need to know of the value goes to the row's slot of the field, as a number.
 */
export type WriteField = (
  bytes: Uint8Array,
  start: number,
  end: number,
  out: Uint8Array,
  at: number,
) => number;

/** What the number in a field's slot stands for. A missing value is NaN whatever the field is. */
export type SlotKind = 'day' | 'moment' | 'number' | 'truth' | 'code' | 'codes' | 'text';

export interface Room {
  readonly perByte: number;
  readonly fixed: number;
}

export interface FieldForm {
  readonly field: Field;
  readonly kind: SlotKind;
  readonly write: WriteField;
  /** A value of n bytes never becomes more than n × perByte + fixed. */
  readonly room: Room;
}

/**
 * The days that a row is about, by which its dated codes are judged: from its start, or its one moment, to its end,
 * which is the delivery's day while it is open. A row that carries none of them holds from its effective date, and one
 * without that as of the delivery's day. Asked only when a dated code is met, so that other rows pay nothing.
 */
export interface RowDays {
  /** Which row is at hand. */
  row(batch: Batch, base: number): void;
  first(): number;
  /** Never before `first`. */
  last(): number;
}

/** The values of the row at hand, as numbers. */
export interface Slots {
  readonly values: Float64Array;
  /** Which codes a field with several holds, by field; as many as its slot says. */
  readonly codes: readonly Int32Array[];
  /** How often a code of the row was replaced by a broader one, by field. */
  readonly rolledUp: Int32Array;
  readonly days: RowDays;
}
