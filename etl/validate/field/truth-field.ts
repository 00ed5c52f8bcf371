import { ByteTable } from './byte-table.ts';
import { MALFORMED, type WriteField } from './field-form.ts';

/** The spellings of Frictionless Table Schema; they are staged as PostgreSQL writes them. */
const TRUE_WORDS = ['true', 'True', 'TRUE', '1'] as const;
const FALSE_WORDS = ['false', 'False', 'FALSE', '0'] as const;

const words = new ByteTable([
  ...TRUE_WORDS.map((word) => [word, 1] as const),
  ...FALSE_WORDS.map((word) => [word, 0] as const),
]);

export function truthField(values: Float64Array, slot: number): WriteField {
  return (bytes, start, end, out, at) => {
    const truth = words.find(bytes, start, end);
    if (truth < 0) return MALFORMED;
    values[slot] = truth;
    out[at] = truth === 1 ? 0x74 : 0x66;
    return at + 1;
  };
}
