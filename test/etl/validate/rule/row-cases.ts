import type { Cells } from '../valid-row.ts';

/** A row that passes a test of a rule, and one that breaks it. */
export interface RowCase {
  readonly record: string;
  readonly passes: Cells;
  readonly breaks: Cells;
  /** The column that a reject names. */
  readonly column?: string;
  /** The graver rule that the bad row breaks too, and by which it is rejected before this one is asked. */
  readonly rejectedBy?: string;
}

/** By rule and, counted from 1, its test. A new rule of scope `row` without a case fails below. */
export const rowCases: Readonly<Record<string, RowCase>> = {
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
