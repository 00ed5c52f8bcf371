import { describe, expect, test } from 'vitest';
import { CopyBuffer } from '../../../../etl/validate/copy-buffer.ts';
import type { BatchOutcome } from '../../../../etl/validate/outcome.ts';
import { compileRowValidator } from '../../../../etl/validate/row-validator.ts';
import { loadContracts } from '../../../../src/contracts/contracts.ts';
import { recordNamed } from '../../../../src/contracts/lookup.ts';
import { batchOf, hexSurrogate } from '../batches.ts';
import { type Cells, validRow } from '../valid-row.ts';

const contracts = loadContracts();

interface Case {
  readonly record: string;
  readonly passes: Cells;
  readonly breaks: Cells;
  /** The column that a reject names. */
  readonly column?: string;
  /** The graver rule that the bad row breaks too, and by which it is rejected before this one is asked. */
  readonly rejectedBy?: string;
}

/** By rule and, counted from 1, its test. A new rule of scope `row` without a case fails below. */
const cases: Readonly<Record<string, Case>> = {
  'Q001.1': {
    record: 'cw_placement',
    passes: { start_date: '2024-02-29' },
    breaks: { start_date: '2025-02-29' },
    column: 'start_date',
  },
  'Q004.1': {
    record: 'cw_placement',
    passes: { start_date: '2026-06-30' },
    breaks: { start_date: '2026-07-01' },
    column: 'start_date',
  },
  'Q005.1': {
    record: 'cw_placement',
    passes: { end_date: '2026-03-02' },
    breaks: { end_date: '2026-03-01' },
    column: 'end_date',
  },
  'Q103.1': {
    record: 'cw_allegation',
    passes: { allegation_type: 'SEXUAL_ABUSE', cross_reported_le: 'true' },
    breaks: { allegation_type: 'SEXUAL_ABUSE', cross_reported_le: 'false' },
  },
  'Q104.1': {
    record: 'cw_csec_history',
    passes: { csec_type: '6871', end_date: '2026-03-03' },
    breaks: { csec_type: '6871' },
    column: 'end_date',
  },
  'Q109.1': {
    record: 'cw_le_report',
    passes: { identified_at: '2026-03-02T09:00:00-08:00', reported_at: '2026-03-03T09:00:00-08:00' },
    breaks: { identified_at: '2026-03-02T09:00:00-08:00', reported_at: '2026-03-03T09:00:01-08:00' },
  },
  'Q112.1': {
    record: 'cw_referral',
    passes: { csec_flag: 'none' },
    breaks: { csec_flag: 'alleged' },
  },
  'Q112.2': {
    record: 'cw_referral',
    passes: { csec_flag: 'suspected', csec_special_project_code: 'S-CSEC' },
    breaks: { csec_flag: 'none', csec_special_project_code: 'S-CSEC' },
  },
  'Q303.1': {
    record: 'hl_encounter',
    passes: { service_from: '2026-03-02', service_to: '2026-03-02' },
    breaks: { service_from: '2026-03-02', service_to: '2026-03-01' },
    column: 'service_to',
    rejectedBy: 'Q005',
  },
  'Q303.2': {
    record: 'hl_encounter',
    passes: { service_from: '2025-09-02', service_to: '2026-03-01' },
    breaks: { service_from: '2025-09-01', service_to: '2026-03-01' },
  },
  'Q303.3': {
    record: 'hl_encounter',
    passes: { service_from: '2025-01-30', service_to: '2025-01-30' },
    breaks: { service_from: '2025-01-29', service_to: '2025-01-29' },
  },
  'Q305.1': {
    record: 'hl_service',
    passes: { need_code: 'HN.PHY' },
    breaks: { need_code: 'HN.ICR.HLT.SUD' },
    column: 'need_code',
  },
  'Q401.1': {
    record: 'ed_attendance',
    passes: { expected_days: '20', attended_days: '17.5', absent_excused: '1', absent_oss: '1' },
    breaks: { expected_days: '20', attended_days: '17.4', absent_excused: '1', absent_oss: '1' },
    column: 'expected_days',
  },
  'Q501.2': {
    record: 'screening',
    passes: { tool: 'ST01', band: 'CLEAR_CONCERN' },
    breaks: { tool: 'ST02', band: 'CLEAR_CONCERN' },
    column: 'tool',
  },
  'Q504.1': {
    record: 'mdt_meeting',
    passes: { parties: 'PA.CW;PA.PRB;PA.MH;PA.SUD;PA.PH;PA.ADV', youth_invited: 'true' },
    breaks: { parties: 'PA.CW;PA.PRB;PA.MH;PA.SUD', youth_invited: 'true' },
  },
  'Q504.2': {
    record: 'mdt_meeting',
    passes: { mode: 'phone', youth_attended: 'true', adult_with_youth: 'true' },
    breaks: { mode: 'phone', youth_attended: 'true', adult_with_youth: 'false' },
  },
  'Q504.3': {
    record: 'mdt_meeting',
    passes: { youth_invited: 'true' },
    breaks: { youth_invited: 'false' },
  },
  'Q506.1': {
    record: 'service_event',
    passes: { accepted: 'declined', need_identified_at: '2026-03-02', start_date: '2026-03-02' },
    breaks: { accepted: 'declined', need_identified_at: '2026-03-02', start_date: '2026-03-01' },
  },
  'Q506.2': {
    record: 'service_event',
    passes: { accepted: 'accepted', offered_at: '2026-03-02', start_date: '2026-04-01' },
    breaks: { accepted: 'accepted', offered_at: '2026-03-02' },
  },
  'Q701.1': {
    record: 'context_review',
    passes: { factor: 'immigration' },
    breaks: { factor: 'immigration', finding: 'strength' },
  },
  'Q702.1': {
    record: 'hl_sud_aggregate',
    passes: { n_members: '11' },
    breaks: { n_members: '10' },
  },
};

/** Rests on a table that nobody has verified yet, so no row can fail it. */
const WAITING = new Set(['Q501.1']);

/** What the rules leave alone in rows of one record, so that a passing row breaks nothing else. */
const quiet: Readonly<Record<string, Cells>> = {
  mdt_meeting: { parties: 'PA.CW;PA.PRB;PA.MH;PA.SUD;PA.PH', youth_invited: 'true', mode: 'in_person' },
  cw_referral: { csec_flag: 'none' },
  screening: { tool: 'ST01' },
  ed_attendance: {
    absent_unexcused: '0',
    absent_excused: '0',
    absent_oss: '0',
    expected_days: '0',
    attended_days: '0',
  },
  service_event: { accepted: 'declined' },
};

function judge(record: string, cells: Cells): BatchOutcome {
  const row = validRow(contracts, record, { ...quiet[record], ...cells });
  const columns = Object.keys(row);
  const file = compileRowValidator(contracts, recordNamed(contracts, record), {
    agency: 'XX-9',
    system: recordNamed(contracts, record).system,
    asOf: '2026-06-30T22:00:00-07:00',
    minorConsentServices: true,
    writeSurrogate: hexSurrogate,
    surrogateBytes: 200,
  }).open('rows.csv', columns);
  return file.validate(batchOf([Object.values(row)], columns.length), new CopyBuffer());
}

describe('every rule of scope row', () => {
  const tests = [...contracts.qualityRules.values()]
    .filter((rule) => rule.scope === 'row')
    .flatMap((rule) => rule.tests.map((_, at) => ({ name: `${rule.id}.${at + 1}`, rule })))
    .filter(({ name }) => !WAITING.has(name));

  test.each(tests)('$name lets a good row pass and finds a bad one', ({ name, rule }) => {
    const found = cases[name];
    if (found === undefined) throw new Error(`${name} has no case`);
    expect(judge(found.record, found.passes)).toMatchObject({ accepted: 1, rejects: [], findings: [] });
    const { accepted, rejects, findings } = judge(found.record, found.breaks);
    if (rule.severity === 'reject_row' || found.rejectedBy !== undefined) {
      expect(accepted).toBe(0);
      expect(rejects).toContainEqual({
        line: 2,
        recordId: 'row7k3m9x2',
        rule: found.rejectedBy ?? rule.id,
        column: found.column ?? expect.anything(),
      });
    } else {
      expect(accepted).toBe(1);
      expect(findings).toContainEqual({
        line: 2,
        recordId: 'row7k3m9x2',
        rule: rule.id,
        severity: rule.severity,
      });
    }
  });

  test('names no case of a rule that is gone', () => {
    const known = new Set(tests.map(({ name }) => name));
    expect(Object.keys(cases).filter((name) => !known.has(name))).toEqual([]);
  });
});

describe('a clock', () => {
  const late = (county: string, hours: number): string[] => {
    const identified = Date.parse('2026-03-02T17:00:00Z');
    const reported = new Date(identified + hours * 3_600_000).toISOString();
    const row = { county_fips: county, identified_at: '2026-03-02T09:00:00-08:00', reported_at: reported };
    return judge('cw_le_report', row).findings.map(({ rule }) => rule);
  };

  test('has run out only after its last second', () => {
    expect(late('06001', 24)).toEqual([]);
    expect(late('06001', 24.01)).toEqual(['Q109']);
  });

  test('is not broken by what is missing until it has run out', () => {
    const open = (identified: string): string[] =>
      judge('cw_le_report', { identified_at: identified }).findings.map(({ rule }) => rule);
    expect(open('2026-06-29T23:00:00-07:00')).toEqual([]);
    expect(open('2026-06-29T21:00:00-07:00')).toEqual(['Q109']);
  });
});

test('a minor-consent service is kept out unless the agreement names such services', () => {
  const row = validRow(contracts, 'hl_service', { need_code: 'HN.ICR.EMO' });
  const columns = Object.keys(row);
  const accepted = [true, false].map((minorConsentServices) => {
    const file = compileRowValidator(contracts, recordNamed(contracts, 'hl_service'), {
      agency: 'XX-9',
      system: 'health',
      asOf: '2026-06-30T22:00:00-07:00',
      minorConsentServices,
      writeSurrogate: hexSurrogate,
      surrogateBytes: 200,
    }).open('rows.csv', columns);
    return file.validate(batchOf([Object.values(row)], columns.length), new CopyBuffer()).accepted;
  });
  expect(accepted).toEqual([1, 0]);
});
