import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Figure, inequalities, printed, readFigures } from '../../src/disclosure/figures.ts';

function one(input: object): Figure {
  const [figure] = readFigures([{ id: 'f', ...input }]);
  if (figure === undefined) throw new Error('no figure');
  return figure;
}

/** Whether the inequalities of the figure, as printed for the facts, allow these values. */
function allowed(figure: Figure, facts: (id: string) => number, value: (id: string) => number): boolean {
  return inequalities(figure, facts).every(({ terms, lo, hi }) => {
    const sum = terms.reduce((so, [id, by]) => so + by * value(id), 0);
    return sum >= lo && sum <= hi;
  });
}

const count = fc.integer({ min: 0, max: 400 });

describe('what a figure tells', () => {
  it('is exactly that it prints as it does: percentages, rates and means', () => {
    const shape = fc.record({
      per: fc.constantFrom(1, 100, 1000, 100_000),
      decimals: fc.integer({ min: 0, max: 2 }),
    });
    fc.assert(
      fc.property(shape, count, count, count, count, ({ per, decimals }, n, d, otherN, otherD) => {
        const figure = one({ kind: 'ratio', num: 'n', den: 'd', per, decimals });
        const facts = (id: string): number => (id === 'n' ? n : d + 1);
        const other = (id: string): number => (id === 'n' ? otherN : otherD + 1);
        expect(allowed(figure, facts, other)).toBe(printed(figure, facts) === printed(figure, other));
      }),
      { numRuns: 2000 },
    );
  });

  it('is exactly that it prints as it does: a denominator that everybody knows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), count, count, (den, n, other) => {
        const figure = one({ kind: 'ratio', num: 'n', den, decimals: 1 });
        const same = printed(figure, () => n) === printed(figure, () => other);
        expect(
          allowed(
            figure,
            () => n,
            () => other,
          ),
        ).toBe(same);
      }),
    );
  });

  it('is exactly in which band the median lies', () => {
    const bands = fc.tuple(count, count, count);
    const figure = one({ kind: 'median', bands: ['a', 'b', 'c'] });
    const of =
      ([a, b, c]: readonly [number, number, number]) =>
      (id: string): number =>
        ({ a, b, c })[id] ?? 0;
    fc.assert(
      fc.property(bands, bands, (facts, other) => {
        fc.pre(facts.some((v) => v > 0) && other.some((v) => v > 0));
        const same = printed(figure, of(facts)) === printed(figure, of(other));
        expect(allowed(figure, of(facts), of(other))).toBe(same);
      }),
    );
  });

  it('is nothing where it is not defined', () => {
    expect(inequalities(one({ kind: 'ratio', num: 'n', den: 'd' }), () => 0)).toEqual([]);
  });

  it('rounds half up, in whole numbers', () => {
    const figure = one({ kind: 'ratio', num: 'n', den: 200, decimals: 0 });
    expect(printed(figure, () => 1)).toBe(1);
    expect(printed(figure, () => 0)).toBe(0);
  });
});

describe('a figure is refused', () => {
  it.each([
    [{ kind: 'mode' }, /kind/],
    [{ kind: 'ratio', num: 'n', den: 0 }, /den/],
    [{ kind: 'ratio', num: 'n', den: 'd', decimals: 9 }, /decimals/],
    [{ kind: 'ratio', num: 'n', den: 'd', pre: 100 }, /pre/],
  ])('%j', (input, message) => {
    expect(() => one(input)).toThrow(message);
  });
});
