import { createRequire } from 'node:module';
import fc from 'fast-check';
import type { LegacyHighs } from 'highs';
import { describe, expect, test } from 'vitest';
import { estimateExists, rankOf } from '../../../etl/estimate/existence.ts';
import { hierarchicalModels, listSets, modelWith } from '../../../etl/estimate/model.ts';
import { count, statusOf, supportOf } from '../../../etl/estimate/model-fit.ts';
import { tableOf, tables } from './tables.ts';

// Its types describe a default import that its CommonJS build, typed as such, does not offer here.
const load = createRequire(import.meta.url)('highs') as () => Promise<LegacyHighs>;
const highs = await load();

/** The same programme for another solver: maximise s with A'x = t and x ≥ s. */
function oracle(design: readonly Float64Array[], statistics: readonly number[]): boolean {
  const cells = design[0]!.length;
  const sum = (row: Float64Array): string =>
    Array.from(row, (entry, j) =>
      entry === 0 ? '' : ` ${entry < 0 ? '-' : '+'} ${Math.abs(entry)} x${j}`,
    ).join('');
  const program = [
    'Maximize',
    ' obj: s',
    'Subject To',
    ...design.map((row, i) => ` t${i}:${sum(row)} = ${statistics[i]}`),
    ...Array.from({ length: cells }, (_, j) => ` l${j}: x${j} - s >= 0`),
    'Bounds',
    ' 0 <= s <= 1000000',
    'End',
  ].join('\n');
  const solution = highs.solve(program);
  return solution.Status === 'Optimal' && solution.ObjectiveValue > 1e-6;
}

describe('existence of the estimate', () => {
  test('agrees with an independent solver on sparse tables and models of any order', () => {
    let missing = 0;
    let present = 0;
    fc.assert(
      fc.property(
        tables({ lists: [3, 4], sparse: true }),
        fc.integer({ min: 0, max: 112 }),
        (table, pick) => {
          const models = [...hierarchicalModels(table.lists.length, 3)];
          const data = count(table);
          const { terms, cells } = supportOf(data, models[pick % models.length]!);
          const design = Array.from(terms, (term) =>
            Float64Array.from(cells, (cell) => ((cell & term) === term ? 1 : 0)),
          );
          const statistics = Array.from(terms, (term) => data.overlaps[term]!);
          const exists = estimateExists(design, statistics);
          if (exists) present++;
          else missing++;
          expect(exists).toBe(oracle(design, statistics));
        },
      ),
      { numRuns: 150, seed: 5 },
    );
    expect(missing).toBeGreaterThan(10);
    expect(present).toBeGreaterThan(10);
  });

  test('agrees with it on five lists with pairs that share nobody', () => {
    fc.assert(
      fc.property(
        tables({ lists: [5, 5], sparse: true }),
        fc.integer({ min: 0, max: 1023 }),
        (table, graph) => {
          const chosen = listSets(5, 2, 2).filter((_, i) => (graph & (1 << i)) !== 0);
          const data = count(table);
          const { terms, cells } = supportOf(data, modelWith(5, chosen));
          const design = Array.from(terms, (term) =>
            Float64Array.from(cells, (cell) => ((cell & term) === term ? 1 : 0)),
          );
          const statistics = Array.from(terms, (term) => data.overlaps[term]!);
          expect(estimateExists(design, statistics)).toBe(oracle(design, statistics));
        },
      ),
      { numRuns: 60, seed: 6 },
    );
  });

  test('agrees with it on designs with negative and fractional entries', () => {
    const entry = fc.constantFrom(-1, -0.5, 0, 0, 0.5, 1, 2);
    fc.assert(
      fc.property(
        fc.array(fc.array(entry, { minLength: 8, maxLength: 8 }), { minLength: 1, maxLength: 5 }),
        fc.array(fc.constantFrom(0, 0, 0, 1, 4), { minLength: 8, maxLength: 8 }),
        (rows, counts) => {
          const design = rows.map((row) => Float64Array.from(row));
          const statistics = design.map((row) => row.reduce((sum, value, j) => sum + value * counts[j]!, 0));
          expect(estimateExists(design, statistics)).toBe(oracle(design, statistics));
        },
      ),
      { numRuns: 150, seed: 7 },
    );
  });

  // One table, all four answers: lists 1 and 2 overlap, and list 3 overlaps with nobody.
  const table = tableOf({ '100': 50, '010': 30, '001': 20, '110': 9, '101': 0, '011': 0, '111': 0 });
  test.each([
    ['main effects', [], 0],
    ['the pair that does overlap', [0b011], 1],
    ['a pair that does not', [0b101], 0],
    ['both pairs of the third list', [0b101, 0b110], 0],
    ['all pairs', [0b011, 0b101, 0b110], 2],
  ] as const)('%s: status %#', (_, pairs, status) => {
    const data = count(table);
    expect(statusOf(data, supportOf(data, modelWith(3, pairs)))).toBe(status);
  });

  test('rank is that of the rows, whatever their order and however they repeat', () => {
    const row = fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 4 }), (rows) => {
        const design = rows.map((values) => Float64Array.from(values));
        const sum = Float64Array.from(design[0]!, (_, j) =>
          design.reduce((total, line) => total + line[j]!, 0),
        );
        expect(rankOf([...design, sum])).toBe(rankOf(design));
        expect(rankOf(design.toReversed())).toBe(rankOf(design));
        expect(rankOf(design)).toBeLessThanOrEqual(design.length);
      }),
    );
    expect(rankOf([Float64Array.of(1, 0, 1), Float64Array.of(0, 1, 1)])).toBe(2);
  });
});
