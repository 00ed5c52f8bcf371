import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Stream, weighted } from '../../../etl/synthesize/stream.ts';

describe('a stream', () => {
  it('is named by what it is for, and gives the same numbers each time', () => {
    const draw = (...ids: (string | number)[]): number[] => {
      const stream = new Stream(7, 'person', ...ids);
      return Array.from({ length: 5 }, () => stream.next());
    };
    expect(draw('06001', 3)).toEqual(draw('06001', 3));
    expect(draw('06001', 3)).not.toEqual(draw('06001', 4));
    expect(draw('06001', 3)).not.toEqual(draw('06003', 1));
  });

  it('gives these numbers on every machine', () => {
    const stream = new Stream(1, 'fixed', 'a', 2);
    expect([stream.next(), stream.next(), stream.next()]).toMatchInlineSnapshot(`
      [
        215572181,
        1479959776,
        1042944740,
      ]
    `);
  });

  it('does not run in step with its neighbours', () => {
    const first = Array.from({ length: 4096 }, (_, i) => new Stream(1, 'household', i).below(16));
    const counts = Array.from({ length: 16 }, (_, value) => first.filter((found) => found === value).length);
    const chi = counts.reduce((sum, n) => sum + (n - 256) ** 2 / 256, 0);
    // The 99.9th percentile of chi-squared with 15 degrees of freedom is 37.7.
    expect(chi).toBeLessThan(37.7);
    const pairs = first.slice(1).filter((value, i) => value === first[i]).length;
    expect(Math.abs(pairs - 256)).toBeLessThan(64);
  });

  it('stays in its bounds', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 31 - 1 }),
        fc.integer({ min: 1, max: 1_000_000 }),
        (seed, n) => {
          const value = new Stream(seed, 'bounds').below(n);
          return Number.isInteger(value) && value >= 0 && value < n;
        },
      ),
    );
  });

  it('draws by weight, by odds and in thousandths', () => {
    const stream = new Stream(3, 'shares');
    const table = weighted([
      ['a', 1],
      ['b', 0],
      ['c', 3],
    ]);
    const drawn = Array.from({ length: 20_000 }, () => stream.weighted(table));
    expect(drawn.filter((item) => item === 'a').length / 20_000).toBeCloseTo(0.25, 1);
    expect(drawn).not.toContain('b');
    const odds = Array.from({ length: 20_000 }, () => stream.odds(1 / 4)).filter(Boolean).length;
    expect(odds / 20_000).toBeCloseTo(0.2, 1);
    const thousandths = Array.from({ length: 20_000 }, () => stream.perMille(700)).filter(Boolean).length;
    expect(thousandths / 20_000).toBeCloseTo(0.7, 1);
  });
});
