import fc from 'fast-check';
import { expect, test } from 'vitest';
import { estimateExists, rankOf } from '../../../etl/estimate/existence.ts';
import { hierarchicalModels } from '../../../etl/estimate/model.ts';
import { count, supportOf } from '../../../etl/estimate/model-fit.ts';
import { spannedBySeen, toldApart } from '../../../etl/estimate/spanned.ts';
import { tables } from './tables.ts';

const models = new Map([3, 4].map((lists) => [lists, [...hierarchicalModels(lists, lists - 1)]]));

test('what is answered without a linear programme is what the programme and the rank of the whole design say', () => {
  const seen = { spanned: 0, apart: 0, blurred: 0, without: 0 };
  fc.assert(
    fc.property(
      fc.boolean().chain((sparse) => tables({ lists: [3, 4], sparse })),
      fc.nat(),
      (table, pick) => {
        const data = count(table);
        const all = models.get(table.lists.length)!;
        const { terms, cells } = supportOf(data, all[pick % all.length]!);
        const design = Array.from(terms, (term) =>
          Float64Array.from(cells, (cell) => ((cell & term) === term ? 1 : 0)),
        );
        const exists = estimateExists(
          design,
          Array.from(terms, (term) => data.overlaps[term]!),
        );
        const unique = rankOf(design) === terms.length;
        expect(toldApart(terms, cells)).toBe(unique);
        const spanned = spannedBySeen(terms, cells, table.counts);
        if (spanned) expect([exists, unique]).toEqual([true, true]);
        if (spanned) seen.spanned++;
        if (!exists) seen.without++;
        if (unique) seen.apart++;
        else seen.blurred++;
      },
    ),
    { numRuns: 600, seed: 7 },
  );
  for (const times of Object.values(seen)) expect(times).toBeGreaterThan(10);
});
