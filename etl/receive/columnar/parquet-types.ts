import type { SchemaElement } from 'hyparquet';
import {
  dayText,
  decimalText,
  floatText,
  momentText,
  numberText,
  signedFromBytes,
  type Unit,
} from '../contract-text.ts';
import type { GroupText } from './group-text.ts';

/** A value as the file stores it, before anybody interprets it. */
export type Stored = Uint8Array | number | bigint | boolean;

export type WriteStored = (value: Stored, text: GroupText) => void;

/** How a column is written as contract text, by its declared type; none for a type that no contract has. */
export function parquetWriter(element: SchemaElement): WriteStored | undefined {
  const { type, converted_type: converted, logical_type: logical } = element;
  const meaning = logical?.type ?? converted;
  if (logical?.type === 'TIMESTAMP') return moment(UNITS[logical.unit], logical.isAdjustedToUTC);
  if (logical?.type === 'INTEGER' && !logical.isSigned) return unsigned(logical.bitWidth > 32 ? 64 : 32);
  if (meaning === 'DECIMAL')
    return decimal(logical?.type === 'DECIMAL' ? logical.scale : (element.scale ?? 0));
  if (meaning !== undefined) return BY_MEANING.get(meaning);
  return type === undefined ? undefined : BY_STORAGE.get(type);
}

const UNITS: Readonly<Record<'MILLIS' | 'MICROS' | 'NANOS', Unit>> = {
  MILLIS: 'ms',
  MICROS: 'us',
  NANOS: 'ns',
};

const raw: WriteStored = (value, text) => {
  if (value instanceof Uint8Array) text.bytes(value);
  else text.text(String(value));
};

const plain: WriteStored = asText(String);

function asText(write: (value: Stored) => string): WriteStored {
  return (value, text) => text.text(write(value));
}

function decimal(scale: number): WriteStored {
  return asText((value) =>
    decimalText(value instanceof Uint8Array ? signedFromBytes(value) : BigInt(value), scale),
  );
}

function unsigned(bits: 32 | 64): WriteStored {
  return asText((value) => String(BigInt.asUintN(bits, BigInt(value as number | bigint))));
}

function moment(unit: Unit, utc: boolean): WriteStored {
  return asText((value) => momentText(BigInt(value as number | bigint), unit, utc));
}

const BY_MEANING: ReadonlyMap<string, WriteStored> = new Map([
  ['STRING', raw],
  ['UTF8', raw],
  ['ENUM', raw],
  // A column that is null in every row, whatever it is stored as.
  ['NULL', raw],
  ['DATE', asText((value) => dayText(Number(value)))],
  // Before there was a flag for local time, a timestamp was one in UTC.
  ['TIMESTAMP_MILLIS', moment('ms', true)],
  ['TIMESTAMP_MICROS', moment('us', true)],
  ['INTEGER', plain],
  ['INT_8', plain],
  ['INT_16', plain],
  ['INT_32', plain],
  ['INT_64', plain],
  ['UINT_8', unsigned(32)],
  ['UINT_16', unsigned(32)],
  ['UINT_32', unsigned(32)],
  ['UINT_64', unsigned(64)],
]);

const BY_STORAGE: ReadonlyMap<string, WriteStored> = new Map([
  ['BYTE_ARRAY', raw],
  ['BOOLEAN', plain],
  ['INT32', plain],
  ['INT64', plain],
  ['DOUBLE', asText((value) => numberText(Number(value)))],
  ['FLOAT', asText((value) => floatText(Number(value)))],
  // An old form of a moment in nanoseconds, always of UTC.
  ['INT96', moment('ns', true)],
]);
