/** What those who work with the hub see on their pages, made up. */
import type { ReleaseEntity } from '../../src/disclosure/release.entity.ts';
import type { RegisterEntry } from '../../src/register/entries.ts';
import type { LinkageQuality, ReviewedPair } from '../../web/linkage-view.ts';
import type { Ports } from '../../web/ports.ts';

const trend = (value: number, usual: number | null) => ({
  value,
  usual,
  change: usual === null ? null : value - usual,
});
const at = new Date('2026-01-09T02:10:00Z');

const pair: ReviewedPair = {
  pair: '0123456789ab',
  agencies: ['CW-1', 'HL-1'],
  weight: 3.4,
  prior: -12.1,
  steps: [
    { field: 'first_name', level: 'exact', weight: 7.2 },
    { field: 'birth_date', level: 'exact', weight: 9.8 },
    { field: 'zip', level: 'different', weight: -1.5 },
  ],
  state: 'begun',
  opinions: [{ by: 'another steward', as: 'steward', same: true }],
};

const quality: LinkageQuality = {
  linkage: 3,
  kind: 'full',
  threshold: 0.95,
  records: 4120,
  persons: 3307,
  precision: { value: 0.97, lower: 0.95, upper: 0.98 },
  recall: { value: 0.93, lower: 0.91, upper: 0.95 },
  reviewed: { value: 0.98, lower: 0.91, upper: 0.99, pairs: 60 },
  thresholds: [
    { threshold: 0.9, links: 830, unlinkable: 0.03 },
    { threshold: 0.99, links: 790, unlinkable: 0.05 },
  ],
  sizes: [
    { records: 1, persons: 2600 },
    { records: 2, persons: 707 },
  ],
  changes: { new: 40 },
  doubts: ['Few records have a middle name.'],
  drift: [],
};

const party: RegisterEntry = {
  id: '00000000-0000-8000-8000-000000000007',
  version: 1,
  county: '06037',
  kind: 'party',
  effectiveFrom: '2026-01-01',
  effectiveTo: null,
  withdrawn: false,
  content: { party: 'PA.CW', standing: 'required' },
  recordedAt: at,
};

const file = { delivery: '1', file: 'screening.csv', record: 'screening' };

const release: ReleaseEntity = {
  number: 1,
  state: 'final',
  signedAs: 'final',
  closedOn: '2025-12-31',
  publishedAt: at,
  cadence: 'yearly',
  period: '2025',
  corrects: null,
  policy: 'calhhs-ddg-2',
  knownOn: '2026-01-08',
  linkageVersion: '1',
  codeVersion: '1',
  definitions: {},
  factsCommitment: 'f'.repeat(64),
  certificateCommitment: 'c'.repeat(64),
  keyId: 'a1b2c3d4',
  publicKey: null,
  withdrawnAt: null,
  withdrawnBecause: null,
};

export const work: Pick<
  Ports,
  | 'deliveries'
  | 'rejects'
  | 'quality'
  | 'linkage'
  | 'review'
  | 'decide'
  | 'agreements'
  | 'terms'
  | 'reviews'
  | 'register'
  | 'entryHistory'
  | 'releases'
  | 'release'
> = {
  deliveries: () =>
    Promise.resolve([
      {
        key: '1',
        agency: 'CW-1',
        delivery: 'CW-1-2026-01-09',
        agreement: 'A-1',
        kind: 'full',
        asOf: at,
        loadedAt: at,
        files: [{ ...file, rows: 1204, accepted: 1190, rejected: 14, quarantined: 0 }],
      },
    ]),
  rejects: () =>
    Promise.resolve([
      {
        agency: 'CW-1',
        delivery: 'CW-1-2026-01-09',
        file: 'screening.csv',
        rule: 'CODE',
        field: 'outcome',
        rows: 14,
        firstLine: 81,
      },
    ]),
  quality: () =>
    Promise.resolve([
      {
        agency: 'CW-1',
        record: 'screening',
        kind: 'full',
        deliveries: [
          {
            delivery: 'CW-1-2026-01-09',
            asOf: '2026-01-09T00:00:00Z',
            rows: trend(1204, 1187),
            accepted: 1190,
            rejected: 14,
            quarantined: 0,
            rejectedShare: trend(0.0116, 0.002),
          },
        ],
        rules: [{ rule: 'CODE', severity: 'reject_row', series: [trend(14, 2)] }],
      },
    ]),
  linkage: () => Promise.resolve(quality),
  review: () => Promise.resolve([pair]),
  decide: () => Promise.resolve(),
  agreements: () =>
    Promise.resolve([
      {
        id: 'A-1',
        agencies: ['CW-1'],
        recordTypes: ['screening'],
        purposes: ['prevention'],
        withheldFields: [],
        minorConsentServices: false,
        vocaPersonRows: false,
        contentUpFront: false,
        effectiveFrom: '2026-01-01',
        effectiveTo: null,
        inForce: true,
        destroyedAt: null,
      },
    ]),
  terms: () =>
    Promise.resolve([
      {
        agreement: 'A-1',
        version: 1,
        recordedAt: at,
        content: { kind: 'dsa', parties: ['PA.CW'], custodian: 'CW-1', retention_months: 36 },
      },
    ]),
  register: () => Promise.resolve([party]),
  entryHistory: () => Promise.resolve([party]),
  reviews: () =>
    Promise.resolve([
      {
        id: '1',
        agreement: 'A-1',
        reason: 'A new purpose',
        askedAt: at,
        decision: null,
        decidedAt: null,
      },
    ]),
  releases: () => Promise.resolve([release]),
  release: () =>
    Promise.resolve({
      release,
      audiences: [
        { audience: 'public', figures: 812, hidden: 203, sha256: 'a'.repeat(64), signature: 'b'.repeat(88) },
      ],
      suppression: [
        { dimension: 'county', member: '06037', figures: 14, hidden: 2, pooled: 1 },
        { dimension: 'race_ethnicity', member: 'black', figures: 12, hidden: 3, pooled: 0 },
      ],
    }),
};
