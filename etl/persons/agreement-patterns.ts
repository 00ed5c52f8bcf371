import { BATCH, Comparer } from '../link/compare.ts';
import type { RecordTable } from '../link/table.ts';

/** How each pair agrees: one digit to the base of 36 a field, the level's place in the model. */
export function agreementPatterns(
  table: RecordTable,
  pairs: readonly { readonly a: number; readonly b: number }[],
): readonly string[] {
  const comparer = new Comparer(table);
  const levels = comparer.fields.map(() => new Uint8Array(BATCH));
  const patterns: string[] = [];
  for (let from = 0; from < pairs.length; from += BATCH) {
    const batch = pairs.slice(from, from + BATCH);
    const a = Uint32Array.from(batch, (pair) => pair.a);
    const b = Uint32Array.from(batch, (pair) => pair.b);
    comparer.compare(a, b, batch.length, levels);
    for (let k = 0; k < batch.length; k++)
      patterns.push(levels.map((field) => (field[k] as number).toString(36)).join(''));
  }
  return patterns;
}
