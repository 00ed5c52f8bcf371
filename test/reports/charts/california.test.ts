import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { counties } from '../../../reports/charts/california.generated.ts';
import { outlines } from '../../../reports/charts/california.ts';
import { loadContracts } from '../../../src/contracts/contracts.ts';

test('the outlines are those of us-atlas', () => {
  const file = new URL('../../../reports/charts/california.generated.ts', import.meta.url);
  expect(readFileSync(file, 'utf8')).toBe(outlines());
});

test('every county of the code list has an outline, and no other', () => {
  const list = loadContracts().codeLists.get('ca_counties');
  const codes = list?.codes.map((entry) => entry.code).filter((code) => /^06\d{3}$/.test(code));
  expect(counties.map((county) => county.fips)).toEqual(codes?.toSorted());
});
