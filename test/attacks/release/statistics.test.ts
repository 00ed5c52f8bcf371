import { describe, expect, it } from 'vitest';
import { codedPercent, printedPercent } from '../../../src/disclosure/rules/percent-coding.ts';
import { refusedStatistics } from '../../../src/disclosure/rules/reconstruction.ts';
import { readTable } from '../../../src/disclosure/table.ts';
import { twoWay } from '../../disclosure/tables.ts';
import { leavesOpen, worksOut } from './attacker.ts';
import { floorOf, policy, publish } from './published.ts';

describe('attack 7: turning percentages, rates and means back into counts', { timeout: 30_000 }, () => {
  const percents = (decimals: number): object[] =>
    ['a', 'b', 'c'].map((id) => ({ id: `${id} %`, kind: 'ratio', num: id, den: 'all', decimals }));
  const shares = (decimals: number, v: Readonly<Record<'a' | 'b' | 'c', number>>) =>
    readTable({
      cells: [
        ...Object.entries(v).map(([id, count]) => ({ id, v: count, withheld: true })),
        { id: 'all', v: v.a + v.b + v.c },
      ],
      eqs: [['all', ['a', 'b', 'c']]],
      figures: percents(decimals),
    });

  /** What the printed percentage of all says, in whole numbers. */
  function reads(id: string, text: string | null, decimals: number, all: number): string[] {
    if (text === null) return [];
    const unit = 10 ** decimals;
    const shown = Math.round(Number(text) * unit);
    return [
      `${200 * unit} [${id}] >= ${(2 * shown - 1) * all}`,
      `${200 * unit} [${id}] <= ${(2 * shown + 1) * all - 1}`,
    ];
  }

  it.each([
    ['whole percents of a hundred', 0, { a: 3, b: 30, c: 67 }],
    ['tenths of a percent', 1, { a: 6, b: 250, c: 344 }],
    ['whole percents of thousands', 0, { a: 7, b: 3000, c: 5993 }],
  ])('%s', async (_, decimals, v) => {
    const table = shares(decimals, v);
    const release = await publish(table);
    const texts = new Map(release.figures);
    const all = v.a + v.b + v.c;
    const known = {
      cells: release.cells,
      sums: table.eqs,
      floor: 0 as const,
      lines: ['a', 'b', 'c'].flatMap((id) => reads(id, texts.get(`${id} %`) ?? null, decimals, all)),
    };
    expect(leavesOpen(known, 'a')).toBe(true);
  });

  it('would work on the percentages if they were all printed', () => {
    const lines = reads('a', '3', 0, 100);
    const known = {
      cells: [['all', 100] as const],
      sums: [['all', ['a', 'rest']] as const],
      floor: 0 as const,
      lines,
    };
    expect(worksOut(known, 'a')).toEqual([3, 3]);
  });

  it('finds no statistic of a hidden cell, even one that prints as zero', async () => {
    const table = readTable({
      cells: [
        { id: 'a', v: 3 },
        { id: 'b', v: 150 },
        { id: 'c', v: 0 },
        { id: 'd', v: 14_847 },
        { id: 'all', v: 15_000 },
      ],
      eqs: [['all', ['a', 'b', 'c', 'd']]],
      figures: ['a', 'b', 'c'].map((id) => ({
        id: `${id} %`,
        kind: 'ratio',
        num: id,
        den: 'all',
        decimals: 1,
      })),
    });
    const texts = new Map((await publish(table)).figures);
    expect(texts.get('a %')).toBeNull();
    expect(texts.get('c %')).toBe('0.0');
  });

  it('finds no mean or median of a few, nor of all but a few', () => {
    const groups = [
      { group: 'all', n: 24 },
      { group: 'in school', n: 17, within: 'all' },
      { group: 'at home', n: 7, within: 'all' },
    ];
    const refused = refusedStatistics(groups, policy.threshold).map(({ group }) => group);
    expect(refused).toEqual(['in school', 'at home']);
  });
});

describe('attack 9: all or none of a group', { timeout: 30_000 }, () => {
  it('finds neither in a table with a sensitive column', async () => {
    const table = twoWay(
      [
        [46, 0],
        [0, 38],
        [25, 61],
        [44, 52],
      ],
      {
        sensitive: [
          ['aT', 'a1'],
          ['bT', 'b1'],
          ['cT', 'c1'],
          ['dT', 'd1'],
        ],
      },
    );
    const release = await publish(table);
    const known = { cells: release.cells, sums: table.eqs, floor: floorOf(release, table) };
    for (const [whole, part] of [
      ['aT', 'a1'],
      ['bT', 'b1'],
    ] as const) {
      const [lo, hi] = worksOut(known, part) ?? [0, 0];
      expect(lo).toBeLessThan(hi);
      const all = new Map(release.cells).get(whole);
      if (typeof all === 'number') expect([lo === hi && hi === 0, lo === all]).toEqual([false, false]);
    }
  });

  it('finds no 0 % and no 100 % among coded percentages', () => {
    for (const n of [10, 25, 60, 150, 900])
      for (const count of [0, n]) expect(printedPercent(codedPercent(count, n))).toMatch(/^[≤≥]/);
  });
});
