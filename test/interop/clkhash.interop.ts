import { expect, test } from 'vitest';
import { peer } from '../../bench/peers/python.ts';
import { clkEncoder } from '../../etl/encode/clk.ts';
import { readClkSchema } from '../../etl/encode/clk-schema.ts';

interface Cases {
  readonly secret: string;
  readonly cases: readonly { schema: unknown; rows: string[][]; clks: string[] }[];
}

test.each([1, 2, 3])('random schemas of seed %i encode as clkhash encodes them', (seed) => {
  const { secret, cases } = peer('clk_cases.py', String(seed), '100') as Cases;
  expect(cases.length).toBe(100);
  for (const { schema, rows, clks } of cases) {
    const encoder = clkEncoder(readClkSchema(schema), Buffer.from(secret, 'utf8'));
    const made = rows.map((row, i) => Buffer.from(encoder.encode(row, i + 2)).toString('base64'));
    expect(made, JSON.stringify(schema)).toEqual(clks);
  }
});
