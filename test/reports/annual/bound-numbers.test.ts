/** Every number of the annual report is one that the release holds: by a second reading, in both languages, for county and state. */
import { describe, expect, test } from 'vitest';
import { annualReport } from '../../../reports/annual/annual-report.ts';
import { type Bound, boundIn, isBound, plain, wordsOf } from '../../../reports/blocks/block.ts';
import { spanishLabels } from '../../../reports/words/labels.ts';
import { loadContracts } from '../../../src/contracts/contracts.ts';
import type { ReleaseFigure } from '../../../src/disclosure/release/release-figures.ts';
import { madeUpEdition, madeUpFigures } from '../../support/reports/made-up-edition.ts';

const SEED = 7;
const figures = new Map(madeUpFigures(SEED).map((figure) => [addressOf(figure), figure]));

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

  test('tells what was revised, and how good the linkage is, as they were measured', () => {
    const rowsOf = (id: string): readonly (readonly string[])[] => {
      const table = blocks.find((block) => block.kind === 'table' && block.id === id);
      return table?.kind === 'table' ? table.rows.map((row) => row.map((words) => plain(words))) : [];
    };
    const before = new Map(madeUpFigures(SEED + 1).map((one) => [addressOf(one), one]));
    const revised = blocks.find((block) => block.kind === 'table' && block.id === 'revisions');
    const said = revised?.kind === 'table' ? revised.rows : [];
    expect(said.length).toBeGreaterThan(3);
    for (const [, was, now] of said) {
      const one = now?.find((word) => isBound(word));
      expect(one?.address).toContain('/2024/');
      if (one !== undefined) expect(plain(was ?? [])).toBe(printed(one, before.get(one.address), language));
    }
    const { precision, recall } = edition.linkage ?? {};
    const percent = (value = 0): string => `${(value * 100).toFixed(1)}%`;
    expect(rowsOf('linkage-quality').map(([, value, interval]) => [value, interval])).toEqual([
      ...[precision, recall].map((share) => [
        percent(share?.value),
        `${percent(share?.low)} – ${percent(share?.high)}`,
      ]),
      [language === 'en' ? 'too few were reviewed' : 'se revisaron muy pocos', '–'],
    ]);
  });

  test('writes no number by hand but those that laws, clocks and ages bring', () => {
    const words = blocks
      .filter((block) => !(block.kind === 'table' && COMPARED.has(block.id)))
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

/** Tables whose numbers are no cells of this release; the tests above compare them with what they are. */
const COMPARED = new Set(['suppression', 'revisions', 'linkage-quality']);

function addressOf({ metric, tbl, period, cell }: ReleaseFigure): string {
  return `${metric}/${tbl}/${period}/${cell}`;
}

/** Statutes, help lines, clocks of the protocol, the day and number of the release, and what the methods say of hiding. */
const KNOWN = new RegExp(
  [
    /WIC \d+(?:\.\d+)?(?:\([a-z0-9]\))*/,
    /P\.L\. 113-183|42 USC 671\(a\)\(34\)|PC 11166\(j\)/,
    /888-373-7888|233733|\b911\b/,
    /\b(?:24|48|72|2) (?:hours|horas)|(?:24|48|72|2) horas/,
    /\b(?:10|30) (?:days|días)/,
    /95% interval|95%|1 (?:to|a) 10/,
    /\b20\d{2}(?:-\d{2}-\d{2})?\b/,
    /(?:December|diciembre) 31|31 de diciembre/,
    // The release's own number, and that of last year's; what the linkage is called.
    /^[23]$|(?:release|publicación) [23]\b|9f2c4e7a1b3d/,
    /calhhs-ddg-2/,
    // A definition with its version.
    /\([a-z_0-9]+ v\d+\):/,
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
