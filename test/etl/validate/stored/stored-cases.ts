import type { Row } from './stored-world.ts';

/** The row with the id `asked` is fine among `passes` and breaks among `breaks`; `beside` is stored in both. */
export interface StoredCase {
  readonly beside?: readonly Row[];
  readonly passes: readonly Row[];
  readonly breaks: readonly Row[];
  /** For rules about a feed: an agency is answered, and no row. */
  readonly feed?: boolean;
}

const received = (day: string, rows: number): Row => [
  'deliveries',
  '',
  { record: 'cw_case', received_at: `${day}T03:00:00-07:00`, rows: String(rows) },
];
const person = (year: string, month = '6'): Row => [
  'person',
  'per1',
  { birth_year: year, birth_month: month },
];
const answers = (month: string, unknown: number): Row[] =>
  Array.from(
    { length: 40 },
    (_, at): Row => [
      'person',
      `${month}-${at}`,
      {
        person_token: `q${month}${at}.x`,
        sex: at < unknown ? 'unknown' : 'female',
        source_updated_at: `2026-${month}-15T09:00:00-07:00`,
      },
    ],
  );
const referral: Row = ['cw_referral', 'ref1', { referral_received_at: '2026-03-02T09:00:00-08:00' }];
const encounter = (from: string): Row => ['hl_encounter', 'enc1', { service_from: from, service_to: from }];

/** By rule and test. A new rule of scope `stored` or `linked` without a case fails the test. */
export const storedCases: Readonly<Record<string, StoredCase>> = {
  'Q006.1': {
    passes: [
      ['cw_case', 'asked', { record_version: '1' }],
      ['cw_case', 'asked', { record_version: '2' }],
    ],
    breaks: [
      ['cw_case', 'asked'],
      ['cw_case', 'asked'],
    ],
  },
  'Q007.1': {
    passes: [
      ['cw_case', 'asked'],
      ['person_linkage', 'l1'],
    ],
    breaks: [
      ['cw_case', 'asked'],
      ['person_linkage', 'l1', { person_token: 'p1.other' }],
      ['person', 'per1', { source_agency: 'B-1' }],
    ],
  },
  'Q008.1': {
    passes: [
      ['person', 'asked', { birth_year: '2010' }],
      ['person', 'b', { source_agency: 'B-1', person_token: 'p1.two', birth_year: '2011' }],
    ],
    breaks: [
      ['person', 'asked', { birth_year: '2010' }],
      ['person', 'b', { source_agency: 'B-1', person_token: 'p1.two', birth_year: '2012' }],
    ],
  },
  'Q008.2': {
    beside: [['cw_case', 'c1', { start_date: '2026-03-02' }]],
    passes: [['person', 'asked', { birth_year: '2002', birth_month: '1' }]],
    breaks: [['person', 'asked', { birth_year: '2001', birth_month: '1' }]],
  },
  'Q009.1': {
    feed: true,
    beside: [received('2026-06-26', 95), received('2026-06-27', 100), received('2026-06-28', 110)],
    passes: [received('2026-06-30', 130)],
    breaks: [received('2026-06-30', 69)],
  },
  'Q009.2': {
    feed: true,
    passes: [received('2026-06-30', 10)],
    breaks: [received('2026-06-29', 10)],
  },
  'Q010.1': {
    feed: true,
    beside: answers('05', 4),
    passes: answers('06', 8),
    breaks: answers('06', 9),
  },
  'Q101.1': {
    passes: [
      ['cw_allegation', 'asked', { allegation_type: 'AT_RISK_SIBLING', referral_id: 'ref1' }],
      ['cw_allegation', 'a2', { allegation_type: 'SEXUAL_ABUSE', referral_id: 'ref1' }],
    ],
    breaks: [
      ['cw_allegation', 'asked', { allegation_type: 'AT_RISK_SIBLING', referral_id: 'ref1' }],
      ['cw_allegation', 'a2', { allegation_type: 'SEXUAL_ABUSE', referral_id: 'ref2' }],
    ],
  },
  'Q102.1': {
    beside: [referral],
    passes: [['cw_allegation', 'asked', { referral_id: 'ref1', disposition_date: '2026-03-02' }]],
    breaks: [['cw_allegation', 'asked', { referral_id: 'ref1', disposition_date: '2026-03-01' }]],
  },
  'Q102.2': {
    beside: [referral],
    passes: [['cw_allegation', 'asked', { referral_id: 'ref1', disposition_date: '2026-04-01' }]],
    breaks: [['cw_allegation', 'asked', { referral_id: 'ref1' }]],
  },
  'Q105.1': {
    beside: [
      ['cw_csec_history', 'asked', { csec_type: '6869', start_date: '2026-03-02', end_date: '2026-03-09' }],
    ],
    passes: [['cw_placement', 'pl1', { start_date: '2026-03-09' }]],
    breaks: [['cw_placement', 'pl1', { start_date: '2026-03-10' }]],
  },
  'Q105.2': {
    beside: [['cw_csec_history', 'asked', { csec_type: '6868', start_date: '2026-03-02' }]],
    passes: [['cw_placement', 'pl1', { start_date: '2026-03-03' }]],
    breaks: [['cw_placement', 'pl1', { start_date: '2026-03-02' }]],
  },
  'Q105.3': {
    beside: [['cw_csec_history', 'asked', { csec_type: '6870', start_date: '2026-03-02' }]],
    passes: [['cw_placement', 'pl1', { start_date: '2026-01-02', end_date: '2026-03-01' }]],
    breaks: [['cw_placement', 'pl1', { start_date: '2026-01-02' }]],
  },
  'Q105.4': {
    beside: [
      ['cw_csec_history', 'asked', { csec_type: '6871', start_date: '2026-03-02', end_date: '2026-03-09' }],
    ],
    passes: [['cw_absence', 'ab1', { absent_from: '2026-03-05T23:30:00-08:00' }]],
    breaks: [['cw_absence', 'ab1', { absent_from: '2026-03-10T00:30:00-07:00' }]],
  },
  'Q106.1': {
    beside: [['cw_placement', 'asked', { placement_type: 'PL.FH', start_date: '2026-03-05' }]],
    passes: [
      ['cw_placement', 'pl1', { placement_type: 'PL.FH', start_date: '2026-03-01', end_date: '2026-03-05' }],
    ],
    breaks: [
      ['cw_placement', 'pl1', { placement_type: 'PL.FH', start_date: '2026-03-01', end_date: '2026-03-06' }],
    ],
  },
  'Q106.2': {
    beside: [
      [
        'cw_placement',
        'pl1',
        { start_date: '2026-03-01', end_date: '2026-03-05', removal_episode_id: 'ep1' },
      ],
      ['cw_placement', 'asked', { start_date: '2026-03-20', removal_episode_id: 'ep1' }],
    ],
    passes: [
      [
        'cw_absence',
        'ab1',
        { absent_from: '2026-03-06T10:00:00-08:00', returned_at: '2026-03-19T10:00:00-07:00' },
      ],
    ],
    breaks: [
      [
        'cw_absence',
        'ab1',
        { absent_from: '2026-03-06T10:00:00-08:00', returned_at: '2026-03-18T10:00:00-07:00' },
      ],
    ],
  },
  'Q107.1': {
    passes: [
      [
        'cw_absence',
        'asked',
        { discovered_at: '2026-03-02T09:00:00-08:00', le_report_at: '2026-03-03T09:00:00-08:00' },
      ],
    ],
    breaks: [['cw_absence', 'asked', { discovered_at: '2026-06-29T21:00:00-07:00' }]],
  },
  'Q107.2': {
    passes: [['cw_absence', 'asked', { discovered_at: '2026-06-29T23:00:00-07:00' }]],
    breaks: [
      [
        'cw_absence',
        'asked',
        { discovered_at: '2026-03-02T09:00:00-08:00', ncmec_report_at: '2026-03-03T09:00:01-08:00' },
      ],
    ],
  },
  'Q108.1': {
    beside: [['cw_absence', 'asked', { returned_at: '2026-03-02T23:30:00-08:00' }]],
    passes: [['screening', 's1', { screened_at: '2026-03-09' }]],
    breaks: [['screening', 's1', { screened_at: '2026-03-10' }]],
  },
  'Q108.2': {
    beside: [['cw_absence', 'asked', { exploited_during: 'yes', absent_from: '2026-03-02T09:00:00-08:00' }]],
    passes: [['cw_csec_history', 'h1', { csec_type: '6871', start_date: '2026-03-20' }]],
    breaks: [['cw_csec_history', 'h1', { csec_type: '6869', start_date: '2026-03-20' }]],
  },
  'Q110.1': {
    beside: [['cw_case', 'asked', { case_id: 'c1', start_date: '2026-03-05' }]],
    passes: [['cw_case', 'c2', { case_id: 'c2', start_date: '2026-03-01' }]],
    breaks: [['cw_case', 'c2', { case_id: 'c1', start_date: '2026-03-01' }]],
  },
  'Q111.1': {
    beside: [['cw_case', 'c1', { court_status: '300', start_date: '2026-01-01' }]],
    passes: [['cw_placement', 'asked', { placement_type: 'PL.FH' }]],
    breaks: [['cw_placement', 'asked', { placement_type: 'PL.PSY.INV' }]],
  },
  'Q111.2': {
    beside: [['cw_placement', 'asked', { placement_type: 'PL.SH.CHI', start_date: '2026-03-02' }]],
    passes: [['cw_case', 'c1', { court_status: 'voluntary', start_date: '2026-01-01' }]],
    breaks: [['cw_case', 'c1', { court_status: '602', start_date: '2026-01-01' }]],
  },
  'Q201.1': {
    beside: [['pr_charge', 'asked', { statute: 'PC 647(b)', offense_date: '2026-03-02' }]],
    passes: [person('2008', '3')],
    breaks: [person('2008', '4')],
  },
  'Q201.2': {
    passes: [['pr_charge', 'asked', { statute: 'PC 653.22', offense_date: '2022-12-31' }]],
    breaks: [['pr_charge', 'asked', { statute: 'PC 653.22', offense_date: '2023-01-01' }]],
  },
  'Q202.1': {
    beside: [['pr_charge', 'asked', { referral_id: 'ref7' }]],
    passes: [['pr_referral', 'ref7']],
    breaks: [['pr_referral', 'ref7', { source_agency: 'B-1' }]],
  },
  'Q203.1': {
    beside: [['pr_detention', 'asked', { booked_at: '2026-03-02T09:00:00-08:00' }]],
    passes: [
      ['cw_placement', 'pl1', { source_agency: 'B-1', person_token: 'p1.two', placement_type: 'PL.JH' }],
    ],
    breaks: [
      ['cw_placement', 'pl1', { source_agency: 'B-1', person_token: 'p1.two', placement_type: 'PL.FH' }],
    ],
  },
  'Q203.2': {
    passes: [['pr_detention', 'asked', { released_at: '2026-03-02T09:00:00-08:00' }]],
    breaks: [['pr_detention', 'asked', { released_at: '2026-03-02T08:59:00-08:00' }]],
  },
  'Q203.3': {
    passes: [
      [
        'pr_detention',
        'asked',
        { booked_at: '2025-03-02T09:00:00-08:00', released_at: '2026-03-02T09:00:00-08:00' },
      ],
    ],
    breaks: [
      [
        'pr_detention',
        'asked',
        { booked_at: '2025-03-01T09:00:00-08:00', released_at: '2026-03-02T09:00:00-08:00' },
      ],
    ],
  },
  'Q204.1': {
    beside: [['pr_referral', 'asked', { exploited_circumstance: 'yes', referred_at: '2026-03-02' }]],
    passes: [
      [
        'cw_referral',
        'ref1',
        { source_agency: 'B-1', person_token: 'p1.two', referral_received_at: '2026-03-05T23:00:00-08:00' },
      ],
    ],
    breaks: [['pr_court', 'ct1', { petition_type: '602', filed_at: '2026-03-03' }]],
  },
  'Q205.1': {
    passes: [
      [
        'pr_court',
        'asked',
        { petition_type: '241_1', outcome_date: '2026-03-20', lead_agency: 'child_welfare' },
      ],
    ],
    breaks: [['pr_court', 'asked', { petition_type: '241_1', outcome_date: '2026-03-20' }]],
  },
  'Q205.2': {
    beside: [['pr_court', 'asked', { petition_type: '241_1', filed_at: '2025-03-02' }]],
    passes: [['cw_case', 'c1', { source_agency: 'B-1', person_token: 'p1.two', start_date: '2024-06-02' }]],
    breaks: [['cw_case', 'c1', { source_agency: 'B-1', person_token: 'p2.two', start_date: '2024-06-02' }]],
  },
  'Q206.1': {
    beside: [['pr_supervision', 'asked', { supervision: 'ward', start_date: '2026-03-02' }]],
    passes: [['pr_court', 'ct1', { outcome: 'sustained', outcome_date: '2026-02-02' }]],
    breaks: [['pr_court', 'ct1', { outcome: 'dismissed', outcome_date: '2026-02-02' }]],
  },
  'Q301.1': {
    passes: [['hl_diagnosis', 'asked', { icd10: 'T74.52XA', fiscal_year: '2019' }]],
    breaks: [['hl_diagnosis', 'asked', { icd10: 'T74.52XA', fiscal_year: '2018' }]],
  },
  'Q301.2': {
    beside: [['hl_diagnosis', 'asked', { icd10: 'T74.52XA', encounter_id: 'enc1', fiscal_year: '2019' }]],
    passes: [encounter('2018-10-01')],
    breaks: [encounter('2018-09-30')],
  },
  'Q302.1': {
    beside: [['hl_diagnosis', 'asked', { icd10: 'T74.52XA', encounter_id: 'enc1' }]],
    passes: [['hl_diagnosis', 'd2', { icd10: 'T76.52XA', encounter_id: 'enc2' }]],
    breaks: [['hl_diagnosis', 'd2', { icd10: 'T76.52XA', encounter_id: 'enc1' }]],
  },
  'Q302.2': {
    beside: [['hl_diagnosis', 'asked', { icd10: 'T76.52XA', encounter_id: 'enc1' }]],
    passes: [['hl_diagnosis', 'd2', { icd10: 'Y07.6', encounter_id: 'enc2' }]],
    breaks: [['hl_diagnosis', 'd2', { icd10: 'Y07.6', encounter_id: 'enc1' }]],
  },
  'Q302.3': {
    beside: [['hl_diagnosis', 'asked', { icd10: 'T74.52XA', encounter_id: 'enc1' }], encounter('2026-03-02')],
    passes: [person('2008', '4')],
    breaks: [person('2008', '2')],
  },
  'Q302.4': {
    beside: [['hl_diagnosis', 'asked', { icd10: 'T74.51XA', encounter_id: 'enc1' }], encounter('2026-03-02')],
    passes: [person('2008', '3')],
    breaks: [person('2008', '4')],
  },
  'Q306.1': {
    beside: [['hl_encounter', 'asked', { service_from: '2026-03-20', service_to: '2026-03-20' }]],
    passes: [['hl_coverage', 'cov1', { month: '2026-03-01' }]],
    breaks: [['hl_coverage', 'cov1', { month: '2026-02-01' }]],
  },
  'Q402.1': {
    beside: [['ed_enrollment', 'asked', { enrollment_status: '10', start_date: '2026-03-10' }]],
    passes: [
      ['ed_enrollment', 'e1', { enrollment_status: '10', start_date: '2026-01-10', exit_date: '2026-03-15' }],
    ],
    breaks: [
      ['ed_enrollment', 'e1', { enrollment_status: '10', start_date: '2026-01-10', exit_date: '2026-03-16' }],
    ],
  },
  'Q402.2': {
    passes: [['ed_enrollment', 'asked', { exit_date: '2026-03-10', exit_reason: 'T160' }]],
    breaks: [['ed_enrollment', 'asked', { exit_date: '2026-03-10' }]],
  },
  'Q402.3': {
    passes: [['ed_enrollment', 'asked', { exit_date: '2026-03-10', exit_reason: 'T160' }]],
    breaks: [['ed_enrollment', 'asked', { exit_reason: 'T160' }]],
  },
  'Q402.4': {
    passes: [
      ['ed_enrollment', 'asked', { exit_reason: 'N470', start_date: '2026-03-10', exit_date: '2026-03-10' }],
    ],
    breaks: [
      ['ed_enrollment', 'asked', { exit_reason: 'N470', start_date: '2026-03-10', exit_date: '2026-03-11' }],
    ],
  },
  'Q403.1': {
    passes: [['ed_program', 'asked', { program: '191', dwelling: '100' }]],
    breaks: [['ed_program', 'asked', { program: '191' }]],
  },
  'Q403.2': {
    passes: [['ed_program', 'asked', { program: '191', runaway: 'true' }]],
    breaks: [['ed_program', 'asked', { program: '190', runaway: 'true' }]],
  },
  'Q403.3': {
    beside: [['ed_program', 'asked', { runaway: 'true', start_date: '2026-03-02' }]],
    passes: [person('2008', '3')],
    breaks: [person('2008', '2')],
  },
  'Q403.4': {
    beside: [['ed_program', 'asked', { program: '190', start_date: '2026-03-02' }]],
    passes: [['cw_placement', 'pl1', { source_agency: 'B-1', person_token: 'p1.two' }]],
    breaks: [['cw_placement', 'pl1', { source_agency: 'B-1', person_token: 'p2.two' }]],
  },
  'Q404.1': {
    beside: [person('2010', '1')],
    passes: [['ed_enrollment', 'asked', { grade: '09', start_date: '2026-03-02' }]],
    breaks: [['ed_enrollment', 'asked', { grade: '07', start_date: '2026-03-02' }]],
  },
  'Q404.2': {
    beside: [
      ['ed_enrollment', 'asked', { exit_reason: 'E140', exit_date: '2026-03-10', start_date: '2026-01-10' }],
    ],
    passes: [
      ['ed_enrollment', 'e1', { source_agency: 'B-1', person_token: 'p1.two', start_date: '2026-04-10' }],
    ],
    breaks: [
      ['ed_enrollment', 'e1', { source_agency: 'B-1', person_token: 'p1.two', start_date: '2026-04-09' }],
    ],
  },
  'Q405.1': {
    beside: [['cw_placement', 'asked', { start_date: '2026-03-02' }]],
    passes: [
      ['ed_enrollment', 'e1', { source_agency: 'B-1', person_token: 'p1.two', start_date: '2026-03-12' }],
    ],
    breaks: [
      ['ed_enrollment', 'e1', { source_agency: 'B-1', person_token: 'p1.two', start_date: '2026-03-13' }],
    ],
  },
  'Q405.2': {
    beside: [['pr_detention', 'asked', { booked_at: '2026-03-02T23:00:00-08:00' }]],
    passes: [
      ['ed_enrollment', 'e1', { source_agency: 'B-1', person_token: 'p1.two', start_date: '2026-03-12' }],
    ],
    breaks: [
      ['ed_enrollment', 'e1', { source_agency: 'B-1', person_token: 'p1.two', start_date: '2026-03-01' }],
    ],
  },
  'Q502.1': {
    passes: [['screening', 'asked', { outcome: 'clear', follow_up_opened_at: '2026-03-02T09:00:00-08:00' }]],
    breaks: [['screening', 'asked', { outcome: 'clear' }]],
  },
  'Q502.2': {
    passes: [
      ['screening', 'asked', { band: 'CLEAR_CONCERN', follow_up_opened_at: '2026-03-02T09:00:00-08:00' }],
    ],
    breaks: [['screening', 'asked', { band: 'CLEAR_CONCERN' }]],
  },
  'Q502.3': {
    beside: [['screening', 'asked', { tool: 'ST01', screened_at: '2026-03-02' }]],
    passes: [person('2016', '3')],
    breaks: [person('2016', '4')],
  },
  'Q502.4': {
    passes: [['screening', 'asked', { disclosure_script_read: 'false' }]],
    breaks: [['screening', 'asked']],
  },
  'Q503.1': {
    passes: [
      [
        'mdt_meeting',
        'asked',
        {
          tier: 'MT.IC',
          county_fips: '06049',
          identified_at: '2026-03-02T09:00:00-08:00',
          first_engaged_at: '2026-03-02T15:00:00-08:00',
        },
      ],
    ],
    breaks: [
      [
        'mdt_meeting',
        'asked',
        {
          tier: 'MT.IC',
          county_fips: '06001',
          identified_at: '2026-03-02T09:00:00-08:00',
          first_engaged_at: '2026-03-02T11:00:01-08:00',
        },
      ],
    ],
  },
  'Q503.2': {
    passes: [['mdt_meeting', 'asked', { tier: 'MT.IC', support_until: '2026-03-05T09:00:00-08:00' }]],
    breaks: [['mdt_meeting', 'asked', { tier: 'MT.IC' }]],
  },
  'Q503.3': {
    passes: [
      [
        'mdt_meeting',
        'asked',
        { tier: 'MT.IN', identified_at: '2026-03-02T09:00:00-08:00', held_at: '2026-03-12T23:00:00-07:00' },
      ],
    ],
    breaks: [
      [
        'mdt_meeting',
        'asked',
        { tier: 'MT.IN', identified_at: '2026-03-02T09:00:00-08:00', held_at: '2026-03-13T00:30:00-07:00' },
      ],
    ],
  },
  'Q503.4': {
    beside: [['mdt_meeting', 'm1', { tier: 'MT.ON', held_at: '2026-01-31T10:00:00-08:00' }]],
    passes: [['mdt_meeting', 'asked', { tier: 'MT.ON', held_at: '2026-02-28T23:00:00-08:00' }]],
    breaks: [['mdt_meeting', 'asked', { tier: 'MT.ON', held_at: '2026-03-01T01:00:00-08:00' }]],
  },
  'Q505.1': {
    beside: [['assessment', 'a1', { assessed_at: '2025-08-31' }]],
    passes: [['assessment', 'asked', { assessed_at: '2026-02-28' }]],
    breaks: [['assessment', 'asked', { assessed_at: '2026-03-01' }]],
  },
  'Q505.2': {
    beside: [['assessment', 'asked', { assessed_at: '2025-09-01' }]],
    passes: [
      ['cw_placement', 'pl1', { source_agency: 'B-1', person_token: 'p1.two', start_date: '2025-12-30' }],
    ],
    breaks: [
      ['cw_placement', 'pl1', { source_agency: 'B-1', person_token: 'p1.two', start_date: '2025-12-29' }],
    ],
  },
  'Q505.3': {
    beside: [['assessment', 'asked', { assessed_at: '2026-03-01' }]],
    passes: [
      ['assessment', 'a1', { source_agency: 'B-1', person_token: 'p1.two', assessed_at: '2026-03-31' }],
    ],
    breaks: [
      ['assessment', 'a1', { source_agency: 'B-1', person_token: 'p1.two', assessed_at: '2026-03-30' }],
    ],
  },
  'Q507.1': {
    beside: [
      ['identification', 'asked', { status: 'confirmed', decided_at: '2026-03-05T09:00:00-08:00' }],
      ['identification', 'older', { status: 'suspected', decided_at: '2026-03-01T09:00:00-08:00' }],
    ],
    passes: [['identification', 'b', { source_agency: 'B-1', person_token: 'p1.two', status: 'confirmed' }]],
    breaks: [['identification', 'b', { source_agency: 'B-1', person_token: 'p1.two', status: 'ruled_out' }]],
  },
  'Q508.1': {
    beside: [['stage_observation', 's1', { stage: 'SC.PRP', observed_at: '2026-03-01' }]],
    passes: [['stage_observation', 'asked', { stage: 'SC.ACT', observed_at: '2026-03-02' }]],
    breaks: [['stage_observation', 'asked', { stage: 'SC.CON', observed_at: '2026-03-02' }]],
  },
};
