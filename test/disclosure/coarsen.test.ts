import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pooled, protectOrCoarsen } from '../../src/disclosure/coarsen.ts';
import { namedPolicy } from '../../src/disclosure/policy.ts';
import { readTable } from '../../src/disclosure/table.ts';
import { anyTwoWay, twoWay } from './tables.ts';

const ddg = namedPolicy('calhhs-ddg-2');

describe('pooling', { timeout: 30_000 }, () => {
  it('adds rows together in every sum that they stand in', () => {
    const table = twoWay([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    const pools = { ab1: ['a1', 'b1'], ab2: ['a2', 'b2'], abT: ['aT', 'bT'] };
    const coarser = pooled(table, { name: 'a with b', pools });
    expect(Object.fromEntries(coarser.cells.map(({ id, v }) => [id, v]))).toEqual({
      ab1: 4,
      ab2: 6,
      abT: 10,
      c1: 5,
      c2: 6,
      cT: 11,
      T1: 9,
      T2: 12,
      TT: 21,
    });
    expect(coarser.eqs).toHaveLength(6);
  });

  it('gives a table that adds up, whatever is pooled', () => {
    fc.assert(
      fc.property(
        anyTwoWay({ rows: 3, columns: 3, value: 20 }),
        fc.array(fc.integer({ min: 0, max: 15 }), { minLength: 2, maxLength: 5 }),
        (table, picks) => {
          const ids = [...new Set(picks.map((pick) => table.cells[pick % table.cells.length]?.id ?? 'TT'))];
          const coarser = pooled(table, { name: 'any', pools: { pool: ids } });
          expect(() => readTable({ cells: coarser.cells, eqs: coarser.eqs })).not.toThrow();
        },
      ),
    );
  });

  it('refuses a cell in two pools, and a cell that is not there', () => {
    const table = twoWay([
      [1, 2],
      [3, 4],
    ]);
    expect(() => pooled(table, { name: 'x', pools: { p: ['a1'], q: ['a1'] } })).toThrow(/two pools/);
    expect(() => pooled(table, { name: 'x', pools: { p: ['z9'] } })).toThrow(/z9/);
  });
});

describe('protect or coarsen', { timeout: 30_000 }, () => {
  const table = readTable({
    cells: [
      { id: 'a', v: 4 },
      { id: 'b', v: 30 },
      { id: 'all', v: 34, fixed: true },
      { id: 'b in March', v: 30, fixed: true },
    ],
    eqs: [
      ['all', ['a', 'b']],
      ['b in March', ['b']],
    ],
  });

  it('takes the first pooling that can be made safe', async () => {
    const poolings = [
      { name: 'nothing', pools: {} },
      { name: 'a with b', pools: { either: ['a', 'b'] } },
    ];
    const found = await protectOrCoarsen(table, poolings, { policy: ddg, cost: 'values' });
    expect(found).toMatchObject({ pooling: 'a with b', result: { refused: false } });
  });

  it('fails closed when none can', async () => {
    const found = await protectOrCoarsen(table, [], { policy: ddg, cost: 'values' });
    expect(found).toMatchObject({ refused: true, cells: ['a'] });
  });

  it('leaves what is safe as it is', async () => {
    const safe = twoWay([
      [20, 30],
      [40, 50],
    ]);
    const found = await protectOrCoarsen(safe, [{ name: 'x', pools: {} }], { policy: ddg, cost: 'values' });
    expect(found).not.toHaveProperty('pooling');
  });
});
