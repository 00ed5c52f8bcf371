import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  CLK_EVEN,
  type ClkRecords,
  clkPairs,
  clkWeight,
  joinedByClk,
  tooManyClks,
} from '../../../etl/link/clk-groups.ts';

/** Some records by number: those below `alone` have nothing but their filter. */
function recordsOf(agencies: readonly number[], alone: number, filters: Uint8Array[]): ClkRecords {
  const all = new Uint8Array(filters.length * 64);
  filters.forEach((filter, i) => all.set(filter, i * 64));
  const named = agencies.map((agency) => `agency ${agency}`);
  return { names: agencies.map((_, i) => `record ${i}`), agencies: named, alone, filters: all, bytes: 64 };
}

function dice(x: Uint8Array, y: Uint8Array): number {
  const ones = (bytes: Uint8Array): number =>
    bytes.reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0);
  return (2 * ones(x.map((byte, i) => byte & (y[i] as number)))) / (ones(x) + ones(y));
}

const filter = fc.uint8Array({ minLength: 64, maxLength: 64 });
const drawn = fc
  .array(fc.record({ agency: fc.nat(3), filter }), { minLength: 2, maxLength: 14 })
  .chain((rows) => fc.record({ rows: fc.constant(rows), alone: fc.nat(rows.length) }));

test('even odds lie at the threshold of those who link by CLKs, and equal filters are nearly sure', () => {
  expect(clkWeight(CLK_EVEN)).toBe(0);
  expect(clkWeight(1)).toBeCloseTo(8, 5);
});

test('pairs are those of two agencies, one of them with its filter only, above the weight: as one by one', () => {
  fc.assert(
    fc.property(drawn, fc.double({ min: -12, max: 6, noNaN: true }), ({ rows, alone }, least) => {
      const records = recordsOf(
        rows.map(({ agency }) => agency),
        alone,
        rows.map((row) => row.filter),
      );
      const found = clkPairs(records, least);
      const from = CLK_EVEN + (least / 8) * (1 - CLK_EVEN);
      const wanted: string[] = [];
      rows.forEach((x, i) =>
        rows.forEach((y, j) => {
          if (j <= i || i >= alone || x.agency === y.agency) return;
          if (dice(x.filter, y.filter) >= from + 1e-6)
            wanted.push([`record ${i}`, `record ${j}`].toSorted().join());
        }),
      );
      const names = found.map(({ a, b }) => `${a},${b}`);
      expect(names).toEqual(expect.arrayContaining(wanted));
      expect(new Set(names).size).toBe(names.length);
      for (const pair of found) expect(pair.dice).toBeGreaterThanOrEqual(from - 1e-6);
    }),
  );
});

describe('joining groups', () => {
  const scene = drawn.chain(({ rows, alone }) =>
    fc.record({
      rows: fc.constant(rows),
      alone: fc.constant(alone),
      // Groups that tokens made: each record that has them in one of three.
      group: fc.array(fc.nat(2), { minLength: rows.length, maxLength: rows.length }),
      pairs: fc.array(fc.tuple(fc.nat(rows.length - 1), fc.nat(rows.length - 1)), { maxLength: 30 }),
      apart: fc.array(fc.tuple(fc.nat(rows.length - 1), fc.nat(rows.length - 1)), { maxLength: 4 }),
    }),
  );

  test('keeps every record once, tells groups apart that were apart, and gives no agency two records', () => {
    fc.assert(
      fc.property(scene, ({ rows, alone, group, pairs, apart }) => {
        const records = recordsOf(
          rows.map(({ agency }) => agency),
          alone,
          rows.map((row) => row.filter),
        );
        const { names, agencies } = records;
        const name = (i: number): string => names[i] as string;
        const made = Map.groupBy(names, (_, i) => (i < alone ? `alone ${i}` : `group ${group[i]}`));
        const settled = apart.map(([a, b]) => ({ a: name(a), b: name(b), same: false }));
        const found = joinedByClk(
          [...made.values()],
          records,
          pairs.map(([a, b]) => ({ a: name(a), b: name(b) })),
          settled,
        );
        expect(found.flat().toSorted()).toEqual(names.toSorted());
        for (const joined of found) {
          const places = joined.map((one) => names.indexOf(one));
          const withTokens = places.filter((i) => i >= alone);
          expect(new Set(withTokens.map((i) => group[i])).size).toBeLessThanOrEqual(1);
          const own = places.filter((i) => i < alone).map((i) => agencies[i]);
          expect(new Set(own).size).toBe(own.length);
          const others = new Set(withTokens.map((i) => agencies[i]));
          expect(own.filter((agency) => others.has(agency))).toEqual([]);
        }
        for (const { a, b } of settled.filter((one) => one.a !== one.b)) {
          const lone = [a, b].some((one) => names.indexOf(one) < alone);
          if (lone) expect(found.some((joined) => joined.includes(a) && joined.includes(b))).toBe(false);
        }
      }),
    );
  });

  test('follows what people settled, whatever the filters say', () => {
    const records = recordsOf([0, 1, 2], 1, [new Uint8Array(64), new Uint8Array(64), new Uint8Array(64)]);
    const groups = [['record 0'], ['record 1'], ['record 2']];
    const pairs = [{ a: 'record 0', b: 'record 1' }];
    const settled = [{ a: 'record 0', b: 'record 2', same: true }];
    expect(joinedByClk(groups, records, pairs, settled)).toEqual([['record 0', 'record 2'], ['record 1']]);
  });
});

test('more comparisons than a night has time for are refused before any is made', () => {
  const names = Array.from({ length: 400_000 }, () => 'record');
  const records = { names, agencies: names, alone: 400_000, filters: new Uint8Array(0), bytes: 64 };
  expect(tooManyClks(records)).toBe(true);
  expect(tooManyClks({ ...records, alone: 1000 })).toBe(false);
});
