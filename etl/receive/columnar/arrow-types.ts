import { type Data, DataType, DateUnit, type Field, Precision, TimeUnit, type Vector } from 'apache-arrow';
import { dayText, decimalText, floatText, momentText, numberText, type Unit } from '../contract-text.ts';
import { LIMITS } from '../limits.ts';
import type { GroupText } from './group-text.ts';

/** Writes every value of one column of a record batch. */
export type WriteColumn = (data: Data, text: GroupText) => void;

/** How a column is written as contract text, by its declared type; none for a type that no contract has. */
export function arrowWriter({ type }: Pick<Field, 'type'>): WriteColumn | undefined {
  if (DataType.isNull(type)) return (data, text) => each(data, text, () => text.empty());
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type)) return writeUtf8;
  if (DataType.isDictionary(type)) return writeDictionary(type.dictionary);
  if (DataType.isBool(type)) {
    return (data, text) =>
      each(data, text, (row) =>
        text.text(bit(data.values as Uint8Array, data.offset + row) ? 'true' : 'false'),
      );
  }
  if (DataType.isInt(type)) return stored((value) => String(value));
  if (DataType.isFloat(type)) {
    if (type.precision === Precision.HALF) return undefined;
    return stored((value) =>
      type.precision === Precision.SINGLE ? floatText(Number(value)) : numberText(Number(value)),
    );
  }
  if (DataType.isDate(type)) {
    const perDay = type.unit === DateUnit.DAY ? 1 : 86_400_000;
    return stored((value) => dayText(Math.floor(Number(value) / perDay)));
  }
  if (DataType.isTimestamp(type)) {
    const unit = UNITS[type.unit];
    const utc = typeof type.timezone === 'string' && type.timezone !== '';
    return stored((value) => momentText(BigInt(value), unit, utc));
  }
  if (DataType.isDecimal(type)) return writeDecimal(type.bitWidth, type.scale);
  return undefined;
}

const MOST_WORDS = LIMITS.groupRows;

const UNITS: Readonly<Record<TimeUnit, Unit>> = {
  [TimeUnit.SECOND]: 's',
  [TimeUnit.MILLISECOND]: 'ms',
  [TimeUnit.MICROSECOND]: 'us',
  [TimeUnit.NANOSECOND]: 'ns',
};

function each(data: Data, text: GroupText, write: (row: number) => void): void {
  for (let row = 0; row < data.length; row++) {
    if (data.getValid(row)) write(row);
    else text.empty();
  }
}

function stored(write: (value: number | bigint) => string): WriteColumn {
  return (data, text) => {
    const values = data.values as ArrayLike<number | bigint>;
    each(data, text, (row) => text.text(write(values[row] as number | bigint)));
  };
}

function writeUtf8(data: Data, text: GroupText): void {
  const offsets = data.valueOffsets as ArrayLike<number | bigint>;
  const bytes = data.values as Uint8Array;
  each(data, text, (row) => {
    const start = Number(offsets[row]);
    const end = Number(offsets[row + 1]);
    if (start < 0 || end < start || end > bytes.length) throw new RangeError('text outside its buffer');
    text.bytes(bytes.subarray(start, end));
  });
}

/** Every value of a dictionary is written once and copied for its rows. */
function writeDictionary(of: DataType): WriteColumn | undefined {
  if (!DataType.isUtf8(of) && !DataType.isLargeUtf8(of)) return undefined;
  return (data, text) => {
    const dictionary = data.dictionary as Vector;
    if (dictionary.length > MOST_WORDS) throw new RangeError('a dictionary without end');
    const words = Array.from({ length: dictionary.length }, (_, index) => {
      const word = dictionary.get(index) as string | null;
      return word === null ? undefined : Buffer.from(word);
    });
    const indices = data.values as ArrayLike<number | bigint>;
    each(data, text, (row) => {
      const index = Number(indices[row]);
      if (index < 0 || index >= words.length) throw new RangeError('index outside its dictionary');
      const word = words[index];
      if (word === undefined) text.empty();
      else text.bytes(word);
    });
  };
}

/** Little-endian words of 32 bits, in two's complement. */
function writeDecimal(bits: number, scale: number): WriteColumn {
  const words = bits / 32;
  return (data, text) => {
    const values = data.values as ArrayLike<number>;
    each(data, text, (row) => {
      let unscaled = 0n;
      for (let word = words - 1; word >= 0; word--)
        unscaled = (unscaled << 32n) | BigInt((values[row * words + word] as number) >>> 0);
      text.text(decimalText(BigInt.asIntN(bits, unscaled), scale));
    });
  };
}

function bit(bytes: Uint8Array, at: number): boolean {
  return (((bytes[at >> 3] as number) >> (at & 7)) & 1) === 1;
}
