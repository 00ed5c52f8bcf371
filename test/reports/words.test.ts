import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { spanishLabels } from '../../reports/words/labels.ts';
import { writingIn } from '../../reports/words/language.ts';
import { loadContracts } from '../../src/contracts/contracts.ts';
import { packageRoot } from '../../src/package-root.ts';

test('a list that has Spanish labels has them for every code that is printed, and for none that is not there', () => {
  const lists = loadContracts().codeLists;
  for (const [list, labels] of Object.entries(spanishLabels())) {
    const codes = (lists.get(list)?.codes ?? []).map(({ code }) => code);
    // Of the tree of needs only its broad areas are printed.
    const printed = codes.filter((code) => list !== 'holistic_needs' || code.split('.').length === 2);
    expect([list, Object.keys(labels).toSorted()]).toEqual([list, printed.toSorted()]);
  }
});

test('a percentage has one digit after the point always, so that columns line up', () => {
  const { percent } = writingIn('en');
  expect([0, 0.05, 0.5, 0.6666, 1].map(percent)).toEqual(['0.0%', '5.0%', '50.0%', '66.7%', '100.0%']);
});

test('whatever rows are called, they are metrics of the catalogue', () => {
  const { rows } = parse(readFileSync(join(packageRoot, 'reports/words/rows.yaml'), 'utf8')) as {
    rows: Record<string, unknown>;
  };
  const { metrics } = loadContracts();
  expect(Object.keys(rows).filter((metric) => !metrics.has(metric))).toEqual([]);
});
