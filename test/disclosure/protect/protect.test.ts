import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adjusted, namedPolicy, type Policy } from '../../../src/disclosure/policy.ts';
import { type Protection, protect } from '../../../src/disclosure/protect/protect.ts';
import { readTable, type Table } from '../../../src/disclosure/table.ts';
import { verifyCertificate } from '../../../src/disclosure/verify.ts';
import { canBe, clearsBar } from '../oracle.ts';
import { anyTwoWay, twoWay } from '../tables.ts';

const ddg = namedPolicy('calhhs-ddg-2');
/** A low threshold keeps the enumeration small; the rules are the same. */
const five: Policy = { ...ddg, threshold: 5, lineRule: { everyAtMost: 1, sumBelow: 5 } };
const quick = { exactCells: 40 };

function hiddenOf(result: Protection): Set<string> {
  return new Set([...result.primary.keys(), ...result.complementary]);
}

async function protectedTable(table: Table, policy: Policy, effort: object = quick): Promise<Protection> {
  const result = await protect(table, { policy, cost: 'values', effort });
  if (result.refused) throw new Error(result.reason);
  return result;
}

describe('what a reader who tries every table can find out', { timeout: 30_000 }, () => {
  it('clears the bar for every small count, against every reader', async () => {
    await fc.assert(
      fc.asyncProperty(anyTwoWay({ rows: 2, columns: 3, value: 9 }), async (table) => {
        const result = await protect(table, { policy: five, cost: 'values', effort: quick });
        if (result.refused) return;
        const hidden = hiddenOf(result);
        const floor = result.certificate.zeros === 'shown' ? 1 : 0;
        const readers = [undefined, ...table.cells.filter(({ id, v }) => v === 1 && !id.includes('T'))];
        for (const reader of readers) {
          const knows = new Set(reader === undefined ? [] : [reader.id, ...onesAbove(table, reader.id)]);
          expect(clearsBar(table, result.primary.keys(), 5, { hidden, floor, cap: 40, knows })).toBe(true);
        }
        expect(verifyCertificate(table, five, result.certificate)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('clears it for counties that know their own rows, and for what two linked tables say together', async () => {
    await fc.assert(
      fc.asyncProperty(anyTwoWay({ rows: 3, columns: 2, value: 9 }), async (plain) => {
        const rows = [...new Set(plain.cells.map(({ id }) => id.slice(0, 1)))].filter((row) => row !== 'T');
        const value = new Map(plain.cells.map(({ id, v }) => [id, v]));
        // A column in which all others are zero is the row's own count again.
        const own = (row: string, id: string): boolean =>
          id.startsWith(row) || (id.startsWith('T') && value.get(id) === value.get(`${row}${id.slice(1)}`));
        const insiders = rows.map((row) => ({
          name: row,
          knows: plain.cells.map(({ id }) => id).filter((id) => own(row, id)),
        }));
        const table = { ...plain, insiders };
        const policy: Policy = { ...five, singletons: 'ignored' };
        const result = await protect(table, { policy, cost: 'values', effort: quick });
        if (result.refused) return;
        const floor = result.certificate.zeros === 'shown' ? 1 : 0;
        for (const { knows } of insiders) {
          const reading = { hidden: hiddenOf(result), floor, cap: 90, knows: new Set(knows) };
          for (const id of result.primary.keys()) {
            if (reading.knows.has(id)) continue;
            expect(canBe(table, reading, id, 5)).toBe(true);
            // A total is never less than what the reader has in it.
            const row = knows[0]?.slice(0, 1) ?? '';
            const least = id.startsWith('T') ? (value.get(`${row}${id.slice(1)}`) ?? 0) : 0;
            if (least <= 1) expect(canBe(table, reading, id, 1)).toBe(true);
          }
        }
        expect(verifyCertificate(table, policy, result.certificate)).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  it('finds the intervals that are reported', async () => {
    await fc.assert(
      fc.asyncProperty(anyTwoWay({ rows: 2, columns: 3, value: 9 }), async (table) => {
        const result = await protect(table, { policy: five, cost: 'values', effort: quick });
        if (result.refused) return;
        const floor = result.certificate.zeros === 'shown' ? 1 : 0;
        const reading = { hidden: hiddenOf(result), floor, cap: 90 };
        for (const [id, [lo, hi]] of result.intervals) {
          expect(canBe(table, reading, id, lo)).toBe(true);
          expect(canBe(table, reading, id, lo - 1)).toBe(false);
          expect(canBe(table, reading, id, hi ?? 40)).toBe(true);
          if (hi !== null) expect(canBe(table, reading, id, hi + 1)).toBe(false);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('cost', { timeout: 30_000 }, () => {
  it('is the least of all sets that clear the bar, where the optimum is proved', async () => {
    const policy: Policy = { ...five, zerosGiveWay: false, singletons: 'ignored' };
    await fc.assert(
      fc.asyncProperty(anyTwoWay({ rows: 2, columns: 2, value: 9 }), async (table) => {
        const result = await protect(table, { policy, cost: 'values', effort: quick });
        const cheapest = cheapestByTrying(table, policy);
        if (result.refused) {
          expect(cheapest).toBe(Infinity);
          return;
        }
        expect(result.optimal).toBe(true);
        expect(result.cost).toBe(cheapest);
      }),
      { numRuns: 25 },
    );
  });

  it('counts what is hidden to protect others, by cells or by their counts', async () => {
    const table = twoWay([
      [20, 3],
      [30, 40],
    ]);
    const byValue = await protectedTable(table, ddg);
    const byCells = await protect(table, { policy: ddg, cost: 'cells', effort: quick });
    expect(byValue.complementary.toSorted()).toEqual(['a1', 'b1', 'b2']);
    expect(byValue.cost).toBe(90);
    expect(byCells.refused).toBe(false);
    if (!byCells.refused) expect(byCells.cost).toBe(3);
  });
});

/** The totals that are 1 because of the one young person in the cell: they know that these are they. */
function onesAbove(table: Table, id: string): string[] {
  const [row = '', column = ''] = id;
  return table.cells
    .filter((cell) => cell.v === 1 && [`${row}T`, `T${column}`, 'TT'].includes(cell.id))
    .map((cell) => cell.id);
}

/** Every subset of what may be hidden, cheapest first, until one clears the bar and the line rule. */
function cheapestByTrying(table: Table, policy: Policy): number {
  const primary = table.cells.filter(({ v }) => v >= 1 && v < policy.threshold).map(({ id }) => id);
  const others = table.cells.filter(({ v }) => v >= policy.threshold);
  const sets = Array.from({ length: 2 ** others.length }, (_, bits) =>
    others.filter((__, at) => ((bits >> at) & 1) === 1),
  ).map((set) => ({ set, cost: set.reduce((so, cell) => so + cell.v, 0) }));
  for (const { set, cost } of sets.toSorted((a, b) => a.cost - b.cost)) {
    const hidden = new Set([...primary, ...set.map(({ id }) => id)]);
    if (!keepsLineRule(table, policy, hidden)) continue;
    if (clearsBar(table, primary, policy.threshold, { hidden, floor: 1, cap: 45 })) return cost;
  }
  return Infinity;
}

function keepsLineRule(table: Table, policy: Policy, hidden: ReadonlySet<string>): boolean {
  const value = new Map(table.cells.map((cell) => [cell.id, cell.v]));
  return table.eqs.every(([total, parts]) => {
    const gone = parts.filter((part) => hidden.has(part)).map((part) => value.get(part) ?? 0);
    if (hidden.has(total) || gone.length === 0) return true;
    const sum = gone.reduce((so, v) => so + v, 0);
    const most = Math.max(...gone);
    return (
      sum >= (policy.lineRule?.sumBelow ?? 0) &&
      most > (policy.lineRule?.everyAtMost ?? 0) &&
      gone.some((v) => v !== policy.threshold - 1)
    );
  });
}

describe('readers who know more', { timeout: 30_000 }, () => {
  it('protects a cell from the one young person in another', async () => {
    const table = readTable({
      cells: [
        { id: 'a', v: 1 },
        { id: 'b', v: 20 },
        { id: 'c', v: 1 },
        { id: 'all', v: 22 },
      ],
      eqs: [['all', ['a', 'b', 'c']]],
      primary: ['a', 'c'],
    });
    const exact: Policy = { ...adjusted(ddg, { bar: 'exact' }), zeros: 'hideable' };
    const without = await protectedTable(table, { ...exact, singletons: 'ignored' });
    const withThem = await protectedTable(table, exact);
    const isSafe = (result: Protection): boolean => {
      const reading = { hidden: hiddenOf(result), floor: 0, cap: 80, knows: new Set(['a']) };
      return canBe(table, reading, 'c', 0) || canBe(table, reading, 'c', 2);
    };
    expect(isSafe(withThem)).toBe(true);
    expect(isSafe(without)).toBe(false);
  });

  it('protects a county from its neighbour, who knows its own cells', async () => {
    const grid = [
      [12, 30],
      [4, 25],
      [60, 70],
    ];
    const knows = ['a1', 'a2', 'aT'];
    const table = twoWay(grid, { insiders: [{ name: 'county a', knows }] });
    const result = await protectedTable(table, ddg);
    const reading = { hidden: hiddenOf(result), floor: 1, cap: 250, knows: new Set(knows) };
    expect(clearsBar(table, ['b1'], 11, reading)).toBe(true);
    const naive = await protectedTable(twoWay(grid), ddg);
    expect(clearsBar(table, ['b1'], 11, { ...reading, hidden: hiddenOf(naive) })).toBe(false);
  });
});

describe('zeros', { timeout: 30_000 }, () => {
  const table = readTable({
    cells: [
      { id: 'a', v: 3 },
      { id: 'b', v: 4 },
      { id: 'c', v: 0 },
      { id: 'small', v: 7 },
      { id: 'd', v: 60 },
      { id: 'e', v: 80 },
      { id: 'all', v: 147 },
    ],
    eqs: [
      ['small', ['a', 'b', 'c']],
      ['all', ['small', 'd', 'e']],
    ],
  });

  it('are hidden only where a small total of several counts could not be 1 otherwise', async () => {
    const result = await protectedTable(table, ddg);
    expect(result.certificate.zeros).toBe('hideable');
    expect(result.complementary).toContain('c');
    expect(result.intervals.get('small')?.[0]).toBeLessThanOrEqual(1);
  });

  it('stay where the policy never hides one, and the release is refused', async () => {
    const result = await protect(table, { policy: { ...ddg, zerosGiveWay: false }, cost: 'values' });
    expect(result).toMatchObject({ refused: true, cells: ['small'] });
  });
});

describe('the marker', { timeout: 30_000 }, () => {
  it('never leaves a line of tens alone: a reader of small counts would know each of them', async () => {
    const table = readTable({
      cells: [
        { id: 'a', v: 10 },
        { id: 'b', v: 10 },
        { id: 'c', v: 17 },
        { id: 'all', v: 37 },
      ],
      eqs: [['all', ['a', 'b', 'c']]],
    });
    const result = await protectedTable(table, ddg);
    expect(result.complementary).not.toEqual([]);
  });
});

describe('dominance and groups', { timeout: 30_000 }, () => {
  it('hides a large cell that one agency fills almost alone, and keeps it uncertain by a tenth', async () => {
    const table = readTable({
      cells: [
        { id: 'a', v: 200, contributors: [190, 10] },
        { id: 'b', v: 300, contributors: [100, 100, 100] },
        { id: 'c', v: 400, contributors: [150, 150, 100] },
        { id: 'all', v: 900 },
      ],
      eqs: [['all', ['a', 'b', 'c']]],
    });
    const result = await protectedTable(table, ddg);
    expect(result.primary.get('a')).toBe('dominated');
    const [lo, hi] = result.intervals.get('a') as [number, number];
    expect(lo).toBeLessThanOrEqual(180);
    expect(hi).toBeGreaterThanOrEqual(220);
  });

  it('hides what would tell the same of everybody in a group: all of it, or none', async () => {
    const table = twoWay(
      [
        [50, 0],
        [30, 40],
        [25, 35],
      ],
      { sensitive: [['aT', 'a1']] },
    );
    const result = await protectedTable(table, ddg);
    expect(result.primary.get('a1')).toBe('group');
    const [lo, hi] = result.intervals.get('a1') as [number, number | null];
    expect(hi === null || lo < hi).toBe(true);
  });
});

describe('figures made from cells', { timeout: 30_000 }, () => {
  const share = (id: string, num: string): object => ({
    id,
    kind: 'ratio',
    num,
    den: 'all',
    per: 100,
    decimals: 0,
  });

  it('go with their cells: every statistic of a hidden cell is hidden', async () => {
    const table = readTable({
      cells: [
        { id: 'a', v: 3 },
        { id: 'b', v: 30 },
        { id: 'c', v: 67 },
        { id: 'all', v: 100 },
      ],
      eqs: [['all', ['a', 'b', 'c']]],
      figures: [share('a %', 'a'), share('b %', 'b'), share('c %', 'c')],
    });
    const result = await protectedTable(table, ddg);
    expect(result.hiddenFigures.toSorted()).toEqual(['a %', 'b %']);
  });

  it('are read as bounds where the counts themselves are never published', async () => {
    const table = readTable({
      cells: [
        { id: 'a', v: 3, withheld: true },
        { id: 'b', v: 97, withheld: true },
        { id: 'all', v: 100 },
      ],
      eqs: [['all', ['a', 'b']]],
      figures: [share('a %', 'a'), share('b %', 'b')],
    });
    const result = await protectedTable(table, ddg);
    expect(result.hiddenFigures.toSorted()).toEqual(['a %', 'b %']);
    expect(verifyCertificate(table, ddg, result.certificate)).toEqual([]);
  });

  it('stay where they leave the bar open: a whole percent of thousands', async () => {
    const table = readTable({
      cells: [
        { id: 'a', v: 6, withheld: true },
        { id: 'b', v: 9994, withheld: true },
        { id: 'all', v: 10_000 },
      ],
      eqs: [['all', ['a', 'b']]],
      figures: [share('a %', 'a')],
    });
    const result = await protectedTable(table, ddg);
    expect(result.hiddenFigures).toEqual([]);
    expect(result.intervals.get('a')).toEqual([0, 49]);
  });
});

describe('the bars', { timeout: 30_000 }, () => {
  it('asks less under exact: no hidden cell is certain, and that is all', async () => {
    const table = twoWay([
      [20, 3, 15],
      [30, 40, 50],
      [12, 13, 14],
    ]);
    const exact = await protectedTable(table, adjusted(ddg, { bar: 'exact' }));
    const reading = { hidden: hiddenOf(exact), floor: 0, cap: 90 };
    for (const id of exact.primary.keys()) {
      const v = table.cells.find((cell) => cell.id === id)?.v ?? 0;
      expect(canBe(table, reading, id, v - 1) || canBe(table, reading, id, v + 1)).toBe(true);
    }
    const full = await protectedTable(table, ddg);
    expect(exact.cost).toBeLessThanOrEqual(full.cost);
  });

  it('protects the listed cells instead of the small ones where a list is given', async () => {
    const table = twoWay(
      [
        [20, 3],
        [30, 40],
      ],
      { primary: ['b2'] },
    );
    const result = await protectedTable(table, ddg);
    expect([...result.primary]).toEqual([['b2', 'listed']]);
    expect(clearsBar(table, ['b2'], 11, { hidden: hiddenOf(result), floor: 1, cap: 80 })).toBe(true);
  });

  it('refuses where nothing helps, naming the cells', async () => {
    const table = readTable({
      cells: [
        { id: 'a', v: 4 },
        { id: 'all', v: 4, fixed: true },
      ],
      eqs: [['all', ['a']]],
    });
    expect(await protect(table, { policy: ddg, cost: 'values' })).toMatchObject({
      refused: true,
      cells: ['a'],
    });
  });
});
