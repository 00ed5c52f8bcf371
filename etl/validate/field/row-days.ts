import type { Batch } from '../../receive/batch.ts';
import { dayAt } from '../calendar.ts';
import { type RowLayout, slotOf, standsFor } from '../rule/row-layout.ts';
import type { RowDays } from './field-form.ts';

const LENGTH_OF_DAY = 10;

export function rowDays(layout: RowLayout, places: Int32Array, deliveryDay: number): RowDays {
  const placeOf = (name: string | undefined): number => {
    const slot = name === undefined ? -1 : slotOf(layout, name);
    return slot < 0 ? -1 : (places[slot] as number);
  };
  const moment = layout.fields.find((field) => field.moment === 'at')?.name;
  const start = placeOf('$start');
  const at = placeOf(moment);
  const effective = placeOf('effective_date');
  const spans = standsFor(layout.record, '$end') !== undefined;
  const end = placeOf('$end');
  let batch: Batch | undefined;
  let base = 0;

  /** Of a moment the day that its agency wrote down. */
  const day = (place: number): number => {
    if (batch === undefined || place < 0) return NaN;
    const from = batch.starts[base + place] as number;
    return (batch.ends[base + place] as number) - from < LENGTH_OF_DAY ? NaN : dayAt(batch.bytes, from);
  };
  const own = (): number => {
    const begins = day(start);
    return Number.isNaN(begins) ? day(at) : begins;
  };
  const first = (): number => {
    const begins = own();
    if (!Number.isNaN(begins)) return begins;
    const holds = day(effective);
    return Number.isNaN(holds) ? deliveryDay : holds;
  };
  return {
    row: (next, nextBase) => {
      batch = next;
      base = nextBase;
    },
    first,
    last: () => {
      if (Number.isNaN(own())) return first();
      const ends = spans ? day(end) : day(at);
      return Math.max(first(), Number.isNaN(ends) ? (spans ? deliveryDay : first()) : ends);
    },
  };
}
