/** The annual report of a release that was really made: its numbers, and what it says where there are none. */
import { beforeAll, describe, expect, test } from 'vitest';
import { annualReport } from '../../reports/annual/annual-report.ts';
import { boundIn, plain, type Report, wordsOf } from '../../reports/blocks/block.ts';
import { openEdition, type Wanted } from '../../reports/figures/open-release.ts';
import { loadContracts } from '../../src/contracts/contracts.ts';
import { transaction } from '../../src/db/transaction.ts';
import type { ReleaseFigure } from '../../src/disclosure/release/release-figures.ts';
import { storedFigures } from '../../src/disclosure/release/stored-releases.ts';
import { withdrawRelease } from '../../src/disclosure/release/verify-release.ts';
import { recordEntry } from '../../src/register/entries.ts';
import { testDatabase } from '../support/database.ts';
import { fips, madeUpState } from '../support/made-up-candidate.ts';
import { release, storeCandidate } from '../support/released.ts';

const database = testDatabase();
const night = madeUpState({
  seed: 5,
  counties: 4,
  largest: 120,
  years: [2023, 2024],
  only: ['identified', 'days_missing'],
});
const ask = (wanted: Partial<Wanted> = {}): Wanted => ({
  report: 'annual',
  county: fips(0),
  year: '2024',
  language: 'en',
  ...wanted,
});
const report = async (wanted: Partial<Wanted> = {}): Promise<Report> =>
  annualReport(await openEdition(await database.as('api'), loadContracts(), ask(wanted)));
const wordsIn = ({ cover, blocks }: Report): string =>
  [...cover, ...blocks]
    .flatMap((block) => [
      ...('title' in block ? [block.title] : []),
      ...wordsOf(block).map((words) => plain(words)),
    ])
    .join('\n');
let figures: ReadonlyMap<string, ReleaseFigure>;

beforeAll(async () => {
  const api = await database.as('api');
  await expect(openEdition(api, loadContracts(), ask())).rejects.toThrow(/Nothing has been released/);
  await storeCandidate(await database.as('measurer'), night.candidate);
  await release(await database.as('publisher'), night, '2024');
  const stored = await transaction(api, ({ client }) => storedFigures(client, 1));
  figures = new Map(stored.map((one) => [`${one.metric}/${one.tbl}/${one.period}/${one.cell}`, one]));
}, 180_000);

describe.each([fips(0), fips(3), undefined])('of %s', (county) => {
  test('every number is the one that the release holds at its place, and none is shown that it hides', async () => {
    const numbers = boundIn((await report({ county })).blocks);
    for (const { address, part, value, status, text } of numbers) {
      const figure = figures.get(address);
      expect([address, status, value]).toEqual([
        address,
        figure?.status ?? 'not_available',
        figure?.[part] ?? null,
      ]);
      if (status === 'hidden') expect(text).toBe('[c]');
    }
    expect(numbers.some(({ status }) => status === 'shown')).toBe(true);
    expect(numbers.some(({ status }) => status === 'hidden')).toBe(true);
  });
});

test('a year without a final release says so on the page, and shows no figure of another year in its place', async () => {
  const later = await report({ year: '2026' });
  expect(wordsIn(later)).toContain('No final release of 2026 has been made.');
  const of2026 = boundIn(later.blocks).filter(({ address }) => address.includes('/2026/'));
  expect(of2026.length).toBeGreaterThan(50);
  expect(of2026.filter(({ text }) => text !== '[x]' && text !== '–')).toEqual([]);
});

test('a county that sent nothing is told from one with zeros', async () => {
  expect(wordsIn(await report({ county: '06115' }))).toContain('No agency of Yuba sent records of 2024.');
  expect(wordsIn(await report())).not.toContain('sent records');
});

test('a metric that the release does not hold is named as not available, and one that the catalogue lost as withdrawn', async () => {
  expect(wordsIn(await report())).toContain('Crossover: not available [x].');
  const contracts = loadContracts();
  const metrics = new Map([...contracts.metrics].filter(([id]) => id !== 'crossover_share'));
  const edition = await openEdition(await database.as('api'), { ...contracts, metrics }, ask());
  expect(wordsIn(annualReport(edition))).toContain('no longer in the catalogue: [x] (crossover_share).');
});

test('what a party wrote is printed once it is signed off, in the language in which it was written', async () => {
  expect(wordsIn(await report())).toContain('The parties have entered no text for 2024.');
  const enter = async (kind: string, signed: boolean, words: string): Promise<void> => {
    await recordEntry(
      await database.as('api'),
      { county: fips(0) },
      {
        kind,
        county: fips(0),
        effectiveFrom: '2026-02-01',
        fields: [
          { name: 'year', values: ['2024'] },
          { name: 'party', values: ['PA.PRB'] },
          { name: 'words', values: [words] },
          { name: 'language', values: ['en'] },
          { name: 'signed_off', values: [String(signed)] },
        ],
      },
      { person: PERSON, key: kind },
    );
  };
  await enter('practice', true, 'One officer stays with a young person through every court date.');
  await enter('barrier', false, 'This text waits.');
  const words = wordsIn(await report());
  expect(words).toContain('Probation: One officer stays with a young person through every court date.');
  expect(words).not.toContain('This text waits.');
  expect(words).toContain('has not been signed off');
  const spanish = await report({ language: 'es' });
  const items = spanish.blocks.flatMap((block) => (block.kind === 'list' ? block.items : []));
  expect(items.flat()).toContainEqual({
    kind: 'foreign',
    language: 'en',
    text: 'One officer stays with a young person through every court date.',
  });
});

const PERSON = '00000000-0000-4000-8000-000000000001';

test.each([
  [{ county: '6037' }, /federal code/],
  [{ county: '06999' }, /federal code/],
  [{ year: '24' }, /four digits/],
  [{ release: 9 }, /no release 9/],
])('%o is refused with a remedy', async (wanted, words) => {
  await expect(report(wanted)).rejects.toThrow(words);
});

test('no report is made of a release that was withdrawn', async () => {
  await withdrawRelease(await database.as('publisher'), 1, 'a test');
  await expect(report({ release: 1 })).rejects.toThrow(/withdrawn/);
  await expect(report()).rejects.toThrow(/Nothing has been released/);
});
