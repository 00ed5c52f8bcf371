import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codedPercent, printedPercent } from '../../../src/disclosure/rules/percent-coding.ts';

const group = fc
  .integer({ min: 1, max: 2000 })
  .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));

describe('coded percentages', () => {
  it('never show a percentage from which a count of one, or of all but one, could be told', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 2000 }), (n) => {
        const shown = new Set([0, 1, n - 1, n].map((count) => codedPercent(count, n).kind));
        expect(shown.has('exactly')).toBe(false);
      }),
    );
  });

  it('grow with the count', () => {
    fc.assert(
      fc.property(group, ([count, n]) => {
        fc.pre(count < n && n >= 10);
        const percent = (c: number): number => {
          const coded = codedPercent(c, n);
          return coded.kind === 'hidden' ? Number.NaN : coded.percent;
        };
        expect(percent(count)).toBeLessThanOrEqual(percent(count + 1));
      }),
    );
  });

  it.each([
    [4, 9, 'suppressed'],
    [2, 10, '≤20%'],
    [5, 10, '50%'],
    [0, 300, '≤1%'],
    [300, 300, '≥99%'],
    [150, 300, '50%'],
  ])('%i of %i: %s', (count, n, text) => {
    expect(printedPercent(codedPercent(count, n))).toBe(text);
  });
});
