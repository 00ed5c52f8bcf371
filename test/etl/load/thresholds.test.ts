import { describe, expect, test } from 'vitest';
import { refuseUnusual, thresholdsOf } from '../../../etl/load/thresholds.ts';

const thresholds = thresholdsOf('CW-1');
const check = (rows: number, rejected: number, earlier: readonly number[] = []) =>
  refuseUnusual({ file: 'a.csv', rows, rejected }, earlier, thresholds);

describe('a delivery', () => {
  test.each([
    [1000, 20],
    [10, 10],
    [10_000, 200],
  ])('of %i rows with %i rejected is loaded', (rows, rejected) => {
    expect(() => check(rows, rejected)).not.toThrow();
  });

  test.each([
    [1000, 21],
    [10_000, 201],
    [30, 30],
  ])('of %i rows with %i rejected is stopped', (rows, rejected) => {
    expect(() => check(rows, rejected)).toThrow(
      `a.csv: ${rejected} of ${rows} rows were rejected, more than 2 %.`,
    );
  });

  test('with far fewer rows than usual is stopped, once it is known what is usual', () => {
    expect(() => check(500, 0, [1000, 1000, 1000, 1000])).not.toThrow();
    expect(() => check(500, 0, [1000, 900, 1000, 1100, 1000])).toThrow(/500 rows, where 1000 are usual/);
    expect(() => check(600, 0, [1000, 900, 1000, 1100, 1000])).not.toThrow();
    expect(() => check(5, 0, [50, 50, 50, 50, 50])).not.toThrow();
  });
});
