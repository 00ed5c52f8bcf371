/** No English is left in a Spanish report: its words beside those of the English one, block for block and picture for picture. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { annualReport } from '../../reports/annual/annual-report.ts';
import { type Block, boundIn, type Report, wordsOf } from '../../reports/blocks/block.ts';
import { legislativeBrief } from '../../reports/brief/legislative-brief.ts';
import { steeringPack } from '../../reports/pack/steering-pack.ts';
import { metricWords } from '../../reports/words/metric-words.ts';
import { reasonIn } from '../../reports/words/reasons.ts';
import { loadContracts } from '../../src/contracts/contracts.ts';
import { packageRoot } from '../../src/package-root.ts';
import { madeUpEdition } from '../support/reports/made-up-edition.ts';

const contracts = loadContracts();
const labelsOf = (list: string): readonly string[] =>
  (contracts.codeLists.get(list)?.codes ?? []).map(({ label }) => label);

/** What is the same in every language: names of counties and tools, a no, citations of law, ids of metrics and policies. */
const names = new Set([
  ...labelsOf('ca_counties'),
  ...labelsOf('screening_tools'),
  'California',
  'Tessera',
  'No',
]);
const SAME =
  /\b(?:WIC|PC|USC|P\.L\.) [\d.]+(?:\([a-z0-9]+\))*|\d+ USC \d+(?:\([a-z0-9]+\))*|calhhs-ddg-\d|\([a-z_0-9]+ v\d+\)/g;

function saidIn({ title, subtitle, running, contents, notes, cover, blocks }: Report): readonly string[] {
  return [title, subtitle, running, contents, ...notes, ...[...cover, ...blocks].flatMap(saidBy)];
}

function saidBy(block: Block): readonly string[] {
  const words = wordsOf(block).flatMap((said) => said.filter((word) => typeof word === 'string'));
  switch (block.kind) {
    case 'heading':
      return [block.text];
    case 'callout':
      return [block.title, ...words];
    case 'table':
      return [block.caption, ...block.columns.map(({ head }) => head), ...words];
    case 'figure':
      return [block.alt, ...words, ...[...block.svg.matchAll(/>([^<>]+)</g)].map(([, text]) => text ?? '')];
    case 'paragraph':
    case 'footnote':
    case 'list':
    case 'page-break':
      return words;
  }
}

describe.each([
  ['annual report', annualReport],
  ['steering pack', steeringPack],
  ['legislative brief', legislativeBrief],
] as const)('the %s', (_, write) => {
  test.each(['06037', undefined])('of %s', (county) => {
    const spanish = write(madeUpEdition(county, 'es'));
    const english = new Set(saidIn(write(madeUpEdition(county, 'en'))));
    const left = [...new Set(saidIn(spanish))].filter((text) => {
      if (!english.has(text)) return false;
      const own = text.replaceAll(SAME, ' ').replaceAll(/&\w+;/g, ' ');
      // A county with its number, as a map's words tell it.
      return !names.has(own.replace(/[.:].*$/, '').trim()) && /\p{L}{2}/u.test(own);
    });
    expect(left).toEqual([]);
    const foreign = [...spanish.cover, ...spanish.blocks]
      .flatMap(wordsOf)
      .flatMap((said) => said.filter((word) => typeof word === 'object' && word.kind === 'foreign'));
    expect(foreign.map(({ text }) => text).filter((text) => !names.has(text))).toEqual([]);
  });
});

test('every metric that a report tells of has a Spanish title', () => {
  const told = metricWords('es');
  const metrics = [annualReport, steeringPack, legislativeBrief].flatMap((write) =>
    boundIn(write(madeUpEdition(undefined, 'es')).blocks).map(({ address }) => address.split('/')[0] ?? ''),
  );
  expect([...new Set(metrics)].filter((metric) => told?.titles[metric] === undefined)).toEqual([]);
  for (const metric of Object.keys(told?.titles ?? {})) expect(contracts.metrics.has(metric)).toBe(true);
  expect(told?.limits['prevalence']).toHaveLength(contracts.metrics.get('prevalence')?.limits.length ?? 0);
});

test('every reason why a figure is missing is a sentence in both languages', () => {
  const { records } = parse(readFileSync(join(packageRoot, 'reports/words/reasons.yaml'), 'utf8')) as {
    records: Record<string, unknown>;
  };
  const sent = [...contracts.records.keys()].filter((record) => record !== 'manifest' && record !== 'common');
  expect(Object.keys(records).toSorted()).toEqual(sent.toSorted());
  const reasons = [
    ...[...contracts.metrics.values()].flatMap(({ notAvailable }) => notAvailable ?? []),
    ...reasonsInCode(),
    ...sent.map((record) => `no feed: nobody has sent ${record}`),
  ];
  expect(reasons.length).toBeGreaterThan(60);
  for (const language of ['en', 'es'] as const)
    expect(reasons.filter((reason) => !/^[\p{Lu}].*[.»]$/u.test(reasonIn(language, reason) ?? ''))).toEqual(
      [],
    );
});

/** As the measurer writes them: every text that a figure's value may be in place of a number. */
function reasonsInCode(): readonly string[] {
  const source = readFileSync(join(packageRoot, 'etl/measure/figure.ts'), 'utf8');
  return [...source.matchAll(/(?:return|\?|:|reason:) '([a-z][^']+ [^']+)'/g)].map(
    ([, reason]) => reason ?? '',
  );
}
