import type { Constraints } from '../../../src/contracts/record.ts';
import { dayAt, dayOfMoment, dayOfText, momentAt } from '../calendar.ts';
import { MALFORMED, type WriteField } from './field-form.ts';

export function dateField(values: Float64Array, slot: number, constraints: Constraints): WriteField {
  const { low, high } = bounds(constraints);
  return (bytes, start, end, out, at) => {
    if (end - start !== 10) return MALFORMED;
    const day = dayAt(bytes, start);
    if (!(day >= low && day <= high)) return MALFORMED;
    values[slot] = day;
    for (let i = start; i < end; i++) out[at++] = bytes[i] as number;
    return at;
  };
}

export function datetimeField(values: Float64Array, slot: number, constraints: Constraints): WriteField {
  const { low, high } = bounds(constraints);
  const bounded = low > -Infinity || high < Infinity;
  return (bytes, start, end, out, at) => {
    const moment = momentAt(bytes, start, end);
    if (Number.isNaN(moment)) return MALFORMED;
    if (bounded && !(dayOfMoment(moment) >= low && dayOfMoment(moment) <= high)) return MALFORMED;
    values[slot] = moment;
    for (let i = start; i < end; i++) out[at++] = bytes[i] as number;
    return at;
  };
}

function bounds({ minimum, maximum }: Constraints): { low: number; high: number } {
  return {
    low: typeof minimum === 'string' ? dayOfText(minimum) : -Infinity,
    high: typeof maximum === 'string' ? dayOfText(maximum) : Infinity,
  };
}
