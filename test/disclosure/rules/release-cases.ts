/** What the quality rules let into a release and what they keep out of it. */

import { checkContracts } from '../../../src/contracts/check/check.ts';
import type { CandidateFigure } from '../../../src/disclosure/catalogue/candidate.ts';
import type { DeclaredMetric } from '../../../src/disclosure/catalogue/declared-metric.ts';
import { linkedTables } from '../../../src/disclosure/catalogue/linked-tables.ts';
import type { Certificate } from '../../../src/disclosure/certificate.ts';
import { namedPolicy } from '../../../src/disclosure/policy.ts';
import { protect } from '../../../src/disclosure/protect/protect.ts';
import { readCalendar, releaseOf } from '../../../src/disclosure/release/calendar.ts';
import type { ReleaseFigure } from '../../../src/disclosure/release/release-figures.ts';
import { markFew, refuseUntraceable } from '../../../src/disclosure/rules/traceable.ts';
import { verifyCertificate } from '../../../src/disclosure/verify.ts';
import { SchemaCopy } from '../../contracts/schema-copy.ts';
import { twoWay } from '../tables.ts';

/** Answers what is wrong; nothing where nothing is. */
type Judge = () => readonly string[] | Promise<readonly string[]>;

export interface ReleaseCase {
  readonly rule: string;
  readonly what: string;
  readonly passes: Judge;
  readonly breaks: Judge;
  readonly says: RegExp;
}

const metric = (of: Partial<DeclaredMetric>): DeclaredMetric => ({
  id: 'court_history',
  statistic: 'count',
  additive: true,
  minorConsent: false,
  tables: [{ by: ['history'], publish: 'public' }],
  ...of,
});

function refusal(work: () => unknown): string[] {
  try {
    work();
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}

/** The specialty court of 2013: 56 in all, 42 with a case, 4 without one, 5 of whom nobody knew. */
function courtHistory(parts: Readonly<Record<string, number>>): string[] {
  const figures = Object.entries({ all: 56, ...parts }).map(
    ([history, numerator]): CandidateFigure => ({
      metric: 'court_history',
      version: 1,
      tbl: 'history',
      period: '2013',
      cell: `history=${history}`,
      dims: { history },
      numerator,
      denominator: null,
      value: numerator,
      lower: null,
      upper: null,
      status: 'counted',
      reason: null,
    }),
  );
  const metrics = new Map([['court_history', metric({})]]);
  return refusal(() =>
    linkedTables(figures, { metrics, hierarchies: [], threshold: 11, leftOut: new Set() }),
  );
}

const policy = namedPolicy('calhhs-ddg-2');
const grid = twoWay([
  [20, 3, 15],
  [30, 40, 50],
  [12, 0, 14],
]);

/** What somebody finds who checks what the release hides, after `bent` changed it. */
async function certified(bent: (certificate: Certificate) => Certificate): Promise<string[]> {
  const result = await protect(grid, { policy, cost: 'values' });
  if (result.refused) return ['refused'];
  return verifyCertificate(grid, policy, bent(result.certificate)).map(({ code }) => code);
}

const share: ReleaseFigure = {
  metric: 'share',
  version: 2,
  tbl: 'all',
  period: '2024',
  cell: 'all',
  dims: {},
  numerator: 14,
  denominator: 28,
  value: 0.5,
  lower: null,
  upper: null,
  status: 'shown',
  footnotes: [],
};
const shares = new Map([['share', metric({ id: 'share', statistic: 'share' })]]);
const traced = (figures: readonly ReleaseFigure[], definitions: Readonly<Record<string, number>>): string[] =>
  refusal(() => refuseUntraceable(figures, shares, definitions));

/** What the contract check says when a term takes a diagnosis row with these codes for confirmed exploitation. */
function confirmedBy(codes: string): string[] {
  const copy = new SchemaCopy();
  try {
    copy.replace('terms/identification.yaml', 'icd10: [T74.52XA, T74.52XD]', `icd10: ${codes}`);
    return checkContracts(copy.folder).problems.map(({ message }) => message);
  } finally {
    copy[Symbol.dispose]();
  }
}

export const releaseCases: readonly ReleaseCase[] = [
  {
    rule: 'Q304',
    what: 'history as history',
    passes: () => confirmedBy('[T74.52XA, T74.52XD, T74.52XS]'),
    breaks: () => confirmedBy('[T74.52XA, T74.52XD, Z62.813]'),
    says: /counts Z62\.813, which is history, as current/,
  },
  {
    rule: 'Q601',
    what: 'parts and their residual',
    passes: () => courtHistory({ case: 42, no_case: 4, unknown: 5, residual: 5 }),
    breaks: () => courtHistory({ case: 42, no_case: 4, unknown: 5 }),
    says: /^rule Q601: .* is not the sum of its parts/,
  },
  {
    rule: 'Q602',
    what: 'a small count',
    passes: () => certified((certificate) => certificate),
    breaks: () =>
      certified((certificate) => ({
        ...certificate,
        hidden: certificate.hidden.map((id) => (id === 'a2' ? 'aT' : id)),
      })),
    says: /SMALL_CELL_SHOWN/,
  },
  {
    rule: 'Q602',
    what: 'a count that subtraction gives back',
    passes: () => certified((certificate) => certificate),
    breaks: () => certified((certificate) => ({ ...certificate, hidden: ['a2'], tables: [] })),
    says: /NOT_PROTECTED/,
  },
  {
    rule: 'Q603',
    what: 'definition and version',
    passes: () => traced(markFew([share], shares), { share: 2 }),
    breaks: () => traced(markFew([share], shares), { share: 1 }),
    says: /^rule Q603: .* has no version of its definition/,
  },
  {
    rule: 'Q603',
    what: 'a denominator',
    passes: () => traced([{ ...share, numerator: 60, denominator: 120 }], { share: 2 }),
    breaks: () => traced([{ ...share, denominator: null }], { share: 2 }),
    says: /^rule Q603: .* has no denominator/,
  },
  {
    rule: 'Q603',
    what: 'a period',
    passes: () => traced([{ ...share, denominator: 30 }], { share: 2 }),
    breaks: () => traced([{ ...share, denominator: 30, period: '' }], { share: 2 }),
    says: /^rule Q603: .* has no period/,
  },
  {
    rule: 'Q603',
    what: 'a percentage of fewer than 30',
    passes: () => traced(markFew([{ ...share, denominator: 29 }], shares), { share: 2 }),
    breaks: () => traced([{ ...share, denominator: 29 }], { share: 2 }),
    says: /^rule Q603: .* has no word that it is of few/,
  },
  {
    rule: 'Q604',
    what: 'a year known before its agencies had their time',
    passes: () => stateOf('2025', '2026-04-30'),
    breaks: () => stateOf('2025', '2026-04-29'),
    says: /provisional/,
  },
];

/** How a release of a period is marked that was known on a day, where it is not final. */
function stateOf(period: string, knownOn: string): string[] {
  const { state } = releaseOf(readCalendar(), period, knownOn);
  return state === 'final' ? [] : [state];
}
