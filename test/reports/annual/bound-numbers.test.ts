/** Every number of the annual report is one that the release holds: by a second reading, in both languages, for county and state. */
import { describe, expect, test } from 'vitest';
import { annualReport } from '../../../reports/annual/annual-report.ts';
import { type Bound, boundIn, isBound, plain, wordsOf } from '../../../reports/blocks/block.ts';
import { spanishLabels } from '../../../reports/words/labels.ts';
import { loadContracts } from '../../../src/contracts/contracts.ts';
import type { ReleaseFigure } from '../../../src/disclosure/release/release-figures.ts';
import { madeUpEdition, madeUpFigures } from '../../support/reports/made-up-edition.ts';

const SEED = 7;
const figures = new Map(
  madeUpFigures(SEED).map((figure) => [
    `${figure.metric}/${figure.tbl}/${figure.period}/${figure.cell}`,
    figure,
  ]),
);

const editions = [
  ['06037', 'en'],
  ['06037', 'es'],
  [undefined, 'en'],
  [undefined, 'es'],
] as const;

describe.each(editions)('the annual report of %s in %s', (county, language) => {
  const edition = madeUpEdition(county, language, SEED);
  const report = annualReport(edition);
  const blocks = [...report.cover, ...report.blocks];
  const numbers = boundIn(blocks);

  test('prints each number as the release has it', () => {
    expect(numbers.length).toBeGreaterThan(400);
    for (const one of numbers)
      expect([one.address, one.part, one.text]).toEqual([
        one.address,
        one.part,
        printed(one, figures.get(one.address), language),
      ]);
  });

  test('has no figure of another county', () => {
    const others = numbers.filter(
      ({ address }) => /county=06/.test(address) && !address.includes(`county=${county}`),
    );
    expect(county === undefined ? [] : others).toEqual([]);
  });

  test('tells how much is hidden as the release counts it', () => {
    const table = blocks.find((block) => block.kind === 'table' && block.id === 'suppression');
    const told = table === undefined ? [] : wordsOf(table).map((words) => plain(words));
    const counted = edition.suppression.filter(
      ({ dimension, member }) => dimension === 'race_ethnicity' || member === county,
    );
    expect(told.filter((word) => /^[\d,]+$/.test(word))).toEqual(
      counted.flatMap(({ figures: all, hidden, pooled }) =>
        [all, hidden, pooled].map((count) => count.toLocaleString('en-US')),
      ),
    );
  });

  test('writes no number by hand but those that laws, clocks and ages bring', () => {
    const words = blocks
      .filter((block) => !(block.kind === 'table' && block.id === 'suppression'))
      .flatMap(wordsOf)
      .flatMap((said) => said.filter((word) => !isBound(word)))
      .map((word) => (typeof word === 'string' ? word : word.text));
    const labels = new Set(
      [...loadContracts().codeLists.values()].flatMap(({ codes }) => codes.map(({ label }) => label)),
    );
    for (const each of Object.values(spanishLabels()))
      for (const label of Object.values(each)) labels.add(label);
    const found = words
      .filter((word) => !labels.has(word))
      .flatMap((word) => word.replaceAll(KNOWN, ' ').match(/\d[\d.,]*/g) ?? []);
    expect([...new Set(found)].toSorted()).toEqual([]);
  });
});

/** Statutes, help lines, clocks of the protocol, the day and number of the release, and what the methods say of hiding. */
const KNOWN = new RegExp(
  [
    /WIC \d+(?:\.\d+)?(?:\([a-z0-9]\))*/,
    /P\.L\. 113-183|42 USC 671\(a\)\(34\)/,
    /888-373-7888|233733|\b911\b/,
    /\b(?:24|48|72|2) (?:hours|horas)|(?:24|48|72|2) horas/,
    /\b(?:10|30) (?:days|días)/,
    /95% interval|95%|1 (?:to|a) 10/,
    /\b20\d{2}(?:-\d{2}-\d{2})?\b/,
    /(?:December|diciembre) 31|31 de diciembre/,
    // The release's own number.
    /^3$|(?:release|publicación) 3\b/,
    /calhhs-ddg-2/,
    // Definitions speak with the contracts' own words.
    /\([a-z_]+ v\d+\):[\s\S]*/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'gi',
);

function printed(one: Bound, figure: ReleaseFigure | undefined, language: string): string {
  if (figure === undefined || figure.status === 'not_available') return '[x]';
  if (figure.status === 'hidden') return '[c]';
  const value = figure[one.part];
  if (value === null) return '–';
  const statistic = loadContracts().metrics.get(figure.metric)?.statistic;
  const locale = language === 'es' ? 'es-US' : 'en-US';
  const share = statistic === 'share' || statistic === 'survival';
  if (share && ['value', 'lower', 'upper'].includes(one.part)) {
    const tenths = Math.round(value * 1000);
    return `${Math.floor(tenths / 10)}.${tenths % 10}%`;
  }
  if (statistic === 'median' || statistic === 'rate')
    return value.toLocaleString(locale, { maximumFractionDigits: statistic === 'rate' ? 2 : 1 });
  return value.toLocaleString(locale);
}
