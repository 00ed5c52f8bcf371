import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { counties, plane } from '../../../reports/charts/california.generated.ts';
import { outlines } from '../../../reports/charts/california.ts';
import { onMap } from '../../../reports/charts/california-point.ts';
import { loadContracts } from '../../../src/contracts/contracts.ts';
import { countyCenters } from '../../../src/providers/county-centers.generated.ts';

test('the outlines are those of us-atlas', () => {
  const file = new URL('../../../reports/charts/california.generated.ts', import.meta.url);
  const centers = new URL('../../../src/providers/county-centers.generated.ts', import.meta.url);
  expect([readFileSync(file, 'utf8'), readFileSync(centers, 'utf8')]).toEqual(Object.values(outlines()));
});

test('a point lies on the page where d3-geo draws it: the middle of each county within its outline’s middle', () => {
  for (const [fips, latitude, longitude] of countyCenters) {
    const county = counties.find((one) => one.fips === fips);
    const { x, y } = onMap(plane, { latitude, longitude });
    expect(Math.hypot(x - (county?.x ?? 0), y - (county?.y ?? 0))).toBeLessThan(1);
  }
});

test('every county of the code list has an outline, and no other', () => {
  const list = loadContracts().codeLists.get('ca_counties');
  const codes = list?.codes.map((entry) => entry.code).filter((code) => /^06\d{3}$/.test(code));
  expect(counties.map((county) => county.fips)).toEqual(codes?.toSorted());
});
