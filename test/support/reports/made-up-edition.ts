/** A report's edition over made-up figures of every public table of the catalogue: shown, hidden and missing ones. */

import { bookOf } from '../../../reports/figures/book.ts';
import { placeNamed } from '../../../reports/figures/place.ts';
import type { Edition } from '../../../reports/parts/edition.ts';
import { type Language, writingIn } from '../../../reports/words/language.ts';
import { loadContracts } from '../../../src/contracts/contracts.ts';
import type { Metric } from '../../../src/contracts/metric.ts';
import type { ReleaseFigure } from '../../../src/disclosure/release/release-figures.ts';
import type { ReleaseEntity } from '../../../src/disclosure/release.entity.ts';

const YEARS = ['2023', '2024', '2025'];
const COUNTIES = ['06001', '06037', '06075'];

export function madeUpEdition(county: string | undefined, language: Language = 'en', seed = 1): Edition {
  const contracts = loadContracts();
  const place = placeNamed(contracts, county);
  const figures = madeUpFigures(seed);
  return {
    contracts,
    place,
    year: '2025',
    release: RELEASE,
    writing: writingIn(language),
    madeUp: true,
    book: bookOf(contracts, place, '2025', figures),
    register: [],
    linkage: {
      precision: { value: 0.984, low: 0.979, high: 0.988 },
      recall: { value: 0.931, low: 0.919, high: 0.942 },
      reviewed: null,
    },
    lastFinal: {
      release: { ...RELEASE, number: 2, period: '2024', closedOn: '2024-12-31' },
      book: bookOf(contracts, place, '2024', madeUpFigures(seed + 1)),
    },
    issue: undefined,
    suppression: [
      { dimension: 'county', member: '06037', figures: 4000, hidden: 1200, pooled: 300 },
      { dimension: 'race_ethnicity', member: 'BLACK', figures: 400, hidden: 120, pooled: 31 },
    ],
  };
}

const RELEASE = {
  number: 3,
  state: 'final',
  signedAs: 'final',
  closedOn: '2025-12-31',
  publishedAt: new Date('2026-05-01T00:00:00Z'),
  cadence: 'yearly',
  period: '2025',
  corrects: null,
  policy: 'calhhs-ddg-2',
  knownOn: '2026-04-30',
  linkageVersion: '9f2c4e7a1b3d5f60',
  codeVersion: 'made-up',
  definitions: {},
  factsCommitment: null,
  certificateCommitment: null,
  keyId: null,
  publicKey: null,
  withdrawnAt: null,
  withdrawnBecause: null,
} satisfies ReleaseEntity;

/** Of each seed once: every report of a test file tells of the same. */
const made = new Map<number, readonly ReleaseFigure[]>();

export function madeUpFigures(seed: number): readonly ReleaseFigure[] {
  const figures = made.get(seed) ?? figuresOf(seeded(seed));
  made.set(seed, figures);
  return figures;
}

function figuresOf(random: () => number): readonly ReleaseFigure[] {
  return [...loadContracts().metrics.values()].flatMap((metric) =>
    metric.tables
      .filter(({ publish }) => publish === 'public')
      .flatMap(({ by, name }) =>
        YEARS.flatMap((period) =>
          cellsOf(metric, by).map((dims) => figure(metric, name, period, dims, random)),
        ),
      ),
  );
}

function cellsOf(metric: Metric, by: readonly string[]): Record<string, string>[] {
  const lists = loadContracts().codeLists;
  return by.reduce<Record<string, string>[]>(
    (so, name) => {
      const list = metric.dimensions.get(name) ?? name;
      const codes = name === 'county' ? COUNTIES : (lists.get(list)?.codes ?? []).map(({ code }) => code);
      return so.flatMap((dims) => [...codes, 'all'].map((code) => ({ ...dims, [name]: code })));
    },
    [{}],
  );
}

function figure(
  { id, version, statistic, notAvailable }: Metric,
  tbl: string,
  period: string,
  dims: Record<string, string>,
  random: () => number,
): ReleaseFigure {
  const cell = Object.entries(dims)
    .map(([name, member]) => `${name}=${member}`)
    .join('|');
  const place = { metric: id, version, tbl, period, cell: cell === '' ? 'all' : cell, dims };
  const nothing = { numerator: null, denominator: null, value: null, lower: null, upper: null };
  const chance = random();
  if (notAvailable !== undefined || statistic === 'estimate' || chance < 0.04)
    return {
      ...place,
      ...nothing,
      status: 'not_available',
      footnotes: [notAvailable ?? 'no feed: nobody has sent screening'],
    };
  if (chance < 0.2)
    return { ...place, ...nothing, status: 'hidden', footnotes: ['Hidden to protect young people.'] };
  const denominator = 20 + Math.floor(random() * 3000);
  const numerator = 11 + Math.floor(random() * (denominator - 15));
  const shown = { ...place, status: 'shown' as const, footnotes: [] };
  if (statistic === 'share' || statistic === 'survival') {
    const value = numerator / denominator;
    const [lower, upper] = [value * 0.9, value + (1 - value) * 0.1];
    return { ...shown, numerator, denominator, value, lower, upper };
  }
  if (statistic === 'rate')
    return { ...shown, numerator, denominator, value: numerator / denominator, lower: 0.01, upper: 1 };
  if (statistic === 'median')
    return { ...shown, ...nothing, numerator, value: Math.round(random() * 900) / 10 };
  return { ...shown, ...nothing, numerator, value: numerator };
}

/** mulberry32. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
