import { describe, expect, it } from 'vitest';
import { readEarlier, withEarlier } from '../../src/disclosure/earlier.ts';
import { namedPolicy } from '../../src/disclosure/policy.ts';
import { type Protection, protect } from '../../src/disclosure/protect/protect.ts';
import { readTable, type Table } from '../../src/disclosure/table.ts';
import { verifyCertificate } from '../../src/disclosure/verify.ts';

const ddg = namedPolicy('calhhs-ddg-2');

function line(values: Record<string, number>): Table {
  const parts = Object.keys(values);
  const all = Object.values(values).reduce((so, v) => so + v, 0);
  return readTable({
    cells: [...Object.entries(values).map(([id, v]) => ({ id, v })), { id: 'all', v: all }],
    eqs: [['all', parts]],
  });
}

/** The release that was made of these counts with these cells hidden. */
function released(release: string, values: Record<string, number>, hidden: readonly string[]): unknown {
  const { cells, eqs } = line(values);
  return {
    release,
    cells: cells.map(({ id, v }) => ({ id, v, hidden: hidden.includes(id) })),
    eqs,
  };
}

async function next(values: Record<string, number>, ...earlier: unknown[]): Promise<[Table, Protection]> {
  const table = withEarlier(line(values), readEarlier(earlier));
  const result = await protect(table, { policy: ddg, cost: 'values' });
  if (result.refused) throw new Error(result.reason);
  expect(verifyCertificate(table, ddg, result.certificate)).toEqual([]);
  return [table, result];
}

describe('a release after others', { timeout: 30_000 }, () => {
  it('cannot hide what is public already', async () => {
    const counts = { a: 4, b: 30, c: 50, d: 60 };
    const [table, result] = await next(counts, released('1', counts, ['a', 'c']));
    expect(table.cells.filter(({ fixed }) => fixed).map(({ id }) => id)).toEqual(['b', 'd', 'all']);
    // The cheaper partner b has been shown: only the one that was hidden then can protect now.
    expect(result.complementary).toEqual(['c']);
  });

  it('never lets a revision of 1 to 10 be subtracted from what was shown', async () => {
    const [, result] = await next({ a: 23, b: 40, c: 50 }, released('1', { a: 20, b: 40, c: 50 }, []));
    // a has moved by three; it may not be shown again beside its old value, nor be worked out of the new total.
    expect(result.primary.get('a~1')).toBe('small');
    expect(result.complementary).toContain('a');
    const [lo, hi] = result.intervals.get('a~1') ?? [0, 0];
    expect(lo).toBeLessThanOrEqual(1);
    expect(hi ?? Infinity).toBeGreaterThanOrEqual(11);
  });

  it('lets a revision of eleven and more be seen', async () => {
    const [, result] = await next({ a: 40, b: 40, c: 50 }, released('1', { a: 20, b: 40, c: 50 }, []));
    expect(result.complementary).toEqual([]);
  });

  it('goes on protecting what an earlier release hid, though it has grown since', async () => {
    const [, result] = await next({ a: 4, b: 30, c: 90 }, released('1', { a: 4, b: 30, c: 50 }, ['a', 'b']));
    const [lo, hi] = result.intervals.get('a') ?? [0, 0];
    expect(lo).toBeLessThanOrEqual(1);
    expect(hi ?? Infinity).toBeGreaterThanOrEqual(11);
    expect(result.complementary).toContain('b');
  });

  it('is refused where the old and the new together leave no way', async () => {
    const then = released('1', { a: 4, b: 30 }, ['a', 'b']);
    const now = withEarlier(
      readTable({
        cells: [
          { id: 'a', v: 4 },
          { id: 'b', v: 30, fixed: true },
          { id: 'all', v: 34 },
        ],
        eqs: [['all', ['a', 'b']]],
      }),
      readEarlier([then]),
    );
    expect(await protect(now, { policy: ddg, cost: 'values' })).toMatchObject({
      refused: true,
      cells: ['a'],
    });
  });

  it('is told apart from a ledger that does not add up', () => {
    const broken = {
      release: '1',
      cells: [
        { id: 'a', v: 4 },
        { id: 'all', v: 9 },
      ],
      eqs: [['all', ['a']]],
    };
    expect(() => withEarlier(line({ a: 4, b: 30 }), readEarlier([broken]))).toThrow(/earlier 1: all/);
  });
});
