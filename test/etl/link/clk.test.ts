import { expect, test } from 'vitest';
import { linkClks, readClks } from '../../../etl/link/clk.ts';

const clk = (...bits: readonly number[]): string => {
  const bytes = Buffer.alloc(64);
  for (const bit of bits) bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (0x80 >> (bit & 7));
  return bytes.toString('base64');
};
const file = (...clks: readonly string[]) => readClks(JSON.stringify({ clks }), 'f');

test('the most alike pair first, and each record once', () => {
  const left = file(clk(1, 2, 3, 4), clk(1, 2, 3, 5));
  const right = file(clk(1, 2, 3, 4), clk(1, 2, 3, 9));
  expect(linkClks(left, right, 0.7)).toEqual([
    { left: 0, right: 0, dice: 1 },
    { left: 1, right: 1, dice: 0.75 },
  ]);
  expect(linkClks(left, right, 0.8).length).toBe(1);
});

test('nobody on one side links nobody', () => {
  expect(linkClks(file(), file(clk(1)), 0.5)).toEqual([]);
});

test('CLKs of mixed length, other files and other lengths are refused', () => {
  expect(() => file(clk(1), Buffer.alloc(128).toString('base64'))).toThrow('CLK 2 has another length');
  expect(() => file(Buffer.alloc(10).toString('base64'))).toThrow('80 bits');
  expect(() => readClks('{}', 'f')).toThrow('no list of clks');
  expect(() => readClks('x', 'f')).toThrow('not JSON');
  const long = file(Buffer.alloc(128, 1).toString('base64'));
  expect(() => linkClks(long, file(clk(1)), 0.5)).toThrow('1024 bits');
});
