import { type RecordTable, slotOf, tokenText } from './table.ts';

/**
 * How often the values of a field occurred when a model was trained. Kept with the model, so that a night's
 * delta is weighed as a full run would. Values of fewer than `floor` records are not listed and count as
 * `floor`: a list of rare tokens would be a list of people.
 */
export interface TermFrequency {
  readonly field: string;
  readonly present: number;
  readonly floor: number;
  readonly counts: Readonly<Record<string, number>>;
}

const FREQUENCY_FLOOR = 11;

export function termFrequencies(table: RecordTable, floor = FREQUENCY_FLOOR): readonly TermFrequency[] {
  return table.layout.fields.map(({ name }, field) => {
    const slot = slotOf(table, field, 'exact');
    const counts: Record<string, number> = {};
    let present = 0;
    valueCounts(table.values[slot] as Uint32Array).forEach((count, value) => {
      present += count;
      if (count >= floor) counts[tokenText(table, slot, value)] = count;
    });
    return { field: name, present: Math.max(1, present), floor, counts };
  });
}

/** By value of a table, how often it occurred in training. */
export function knownCounts(table: RecordTable, field: number, known: TermFrequency): Uint32Array {
  const slot = slotOf(table, field, 'exact');
  const values = table.tokens[slot]?.low.length ?? 1;
  return Uint32Array.from({ length: values }, (_, value) =>
    value === 0 ? 0 : (known.counts[tokenText(table, slot, value)] ?? known.floor),
  );
}

/** By value, how many records have it. */
export function valueCounts(values: Uint32Array): Uint32Array {
  let most = 0;
  for (const value of values) if (value > most) most = value;
  const counts = new Uint32Array(most + 1);
  for (const value of values) counts[value] = (counts[value] as number) + 1;
  counts[0] = 0;
  return counts;
}
