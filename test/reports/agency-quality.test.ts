import { expect, test } from 'vitest';
import { plain, type Table } from '../../reports/blocks/block.ts';
import { agencyQuality } from '../../reports/quality/agency-quality.ts';
import { loadContracts } from '../../src/contracts/contracts.ts';
import type { FeedQuality } from '../../src/deliveries/quality.ts';
import { trendOf } from '../../src/deliveries/trend.ts';

const rows = trendOf([1200, 1300]);
const shares = trendOf([0.01, 0.1]);
const feeds: readonly FeedQuality[] = [
  {
    agency: 'CW-1',
    record: 'cw_absence',
    kind: 'delta',
    deliveries: [0, 1].map((at) => ({
      delivery: `D${at}`,
      asOf: `2026-01-0${at + 1}T08:00:00Z`,
      rows: rows[at] ?? { value: 0, usual: null, change: null },
      accepted: 1188 - 18 * at,
      rejected: 12 + 118 * at,
      quarantined: 0,
      rejectedShare: shares[at] ?? { value: 0, usual: null, change: null },
    })),
    rules: [
      { rule: 'Q001', severity: 'reject_row', series: trendOf([12, 130]) },
      { rule: 'Q007', severity: 'quarantine', series: trendOf([3, 0]) },
    ],
  },
];
const about = { contracts: loadContracts(), agency: 'CW-1', name: 'Child welfare', madeUp: true } as const;

test('says what was sent, which rules of the newest delivery were broken, and what each asks for', () => {
  const report = agencyQuality({ ...about, language: 'en', feeds });
  const tables = report.blocks.filter((block): block is Table => block.kind === 'table');
  expect(tables.map(({ rows: of }) => of.map((row) => row.map((words) => plain(words))))).toEqual([
    [
      ['2026-01-01', '1,200', '1,188', '12', '0'],
      ['2026-01-02', '1,300', '1,170', '130', '0'],
    ],
    [
      [
        `Q001: ${about.contracts.qualityRules.get('Q001')?.words}`,
        about.contracts.qualityRules.get('Q001')?.remedy,
        '130',
        '12',
      ],
    ],
  ]);
  expect(report.day).toBe('2026-01-02');
  const said = report.blocks.flatMap((block) => (block.kind === 'paragraph' ? [plain(block.words)] : []));
  expect(said).toEqual([
    'Of the 1,300 rows of the newest delivery 130 were rejected (10.0%; usual here is 1.0%).',
  ]);
});

test('an agency that sent nothing is told so', () => {
  const report = agencyQuality({ ...about, language: 'es', feeds: [] });
  expect(report.blocks.map((block) => (block.kind === 'callout' ? plain(block.words) : ''))).toEqual([
    'Esta agencia aún no ha enviado nada.',
  ]);
});
