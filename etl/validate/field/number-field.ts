import type { Constraints } from '../../../src/contracts/record.ts';
import { MALFORMED, type WriteField } from './field-form.ts';

/** Above this a count that no contract bounds is no count; what is longer could be somebody's number. */
const LARGEST_UNBOUNDED = 99_999_999;
const MOST_PLACES = 8;
const MOST_DIGITS = 15;

/** Whole numbers in digits, with a minus sign where the contract lets them fall below zero. */
export function integerField(values: Float64Array, slot: number, constraints: Constraints): WriteField {
  const { low, high } = bounds(constraints);
  return (bytes, start, end, out, at) => {
    let from = start;
    let negative = false;
    if (bytes[from] === 0x2d) {
      negative = true;
      out[at++] = 0x2d;
      from++;
    }
    if (end === from || end - from > MOST_PLACES) return MALFORMED;
    let value = 0;
    for (let i = from; i < end; i++) {
      const digit = (bytes[i] as number) - 48;
      if (digit >>> 0 > 9) return MALFORMED;
      value = value * 10 + digit;
      out[at++] = digit + 48;
    }
    if (negative) value = -value;
    if (value < low || value > high) return MALFORMED;
    values[slot] = value;
    return at;
  };
}

/** Decimals with a point: 12, 12.5, -0.25. No exponent, no separator of thousands. */
export function numberField(values: Float64Array, slot: number, constraints: Constraints): WriteField {
  const { low, high } = bounds(constraints);
  return (bytes, start, end, out, at) => {
    let digits = 0;
    let whole = 0;
    let scale = 0;
    let value = 0;
    let from = start;
    if (bytes[from] === 0x2d) {
      out[at++] = 0x2d;
      from++;
    }
    for (let i = from; i < end; i++) {
      const byte = bytes[i] as number;
      if (byte === 0x2e && scale === 0 && digits > 0) scale = 1;
      else {
        const digit = byte - 48;
        if (digit >>> 0 > 9) return MALFORMED;
        // Zeros in front make nine places of a small number, and nine places are a social security number's.
        if (scale === 0 && ++whole > MOST_PLACES) return MALFORMED;
        value = value * 10 + digit;
        scale *= 10;
        digits++;
      }
      out[at++] = byte;
    }
    if (digits === 0 || digits > MOST_DIGITS || bytes[end - 1] === 0x2e) return MALFORMED;
    if (scale > 1) value /= scale;
    if (from > start) value = -value;
    if (value < low || value > high) return MALFORMED;
    values[slot] = value;
    return at;
  };
}

function bounds(constraints: Constraints): { low: number; high: number } {
  const { minimum, maximum } = constraints;
  return {
    low: typeof minimum === 'number' ? minimum : -LARGEST_UNBOUNDED,
    high: typeof maximum === 'number' ? maximum : LARGEST_UNBOUNDED,
  };
}
