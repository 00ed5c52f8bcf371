/** What counts as a contact with a system. Each kind is one select over a table of rows, in the order of the systems. */
const KINDS: readonly (readonly [
  system: string,
  kind: string,
  record: string,
  began: string,
  ended: string,
  where?: string,
])[] = [
  ['child_welfare', 'referral', 'cw_referral', 'referral_received_at::date', 'closed_date'],
  [
    'child_welfare',
    'substantiated',
    'cw_allegation',
    'disposition_date',
    'disposition_date',
    "disposition = 'SUBSTANTIATED'",
  ],
  ['child_welfare', 'case', 'cw_case', 'start_date', 'end_date'],
  ['child_welfare', 'foster_care', 'cw_placement', 'start_date', 'end_date'],
  [
    'child_welfare',
    'group_care',
    'cw_placement',
    'start_date',
    'end_date',
    "placement_type IN ('PL.GH', 'PL.RTC', 'PL.CTF')",
  ],
  ['child_welfare', 'missing_from_care', 'cw_absence', 'absent_from::date', 'returned_at::date'],
  ['probation', 'referral', 'pr_referral', 'referred_at', 'referred_at'],
  ['probation', 'arrest', 'pr_referral', 'arrest_date', 'arrest_date', 'arrest_date IS NOT NULL'],
  ['probation', 'detention', 'pr_detention', 'booked_at::date', 'released_at::date'],
  ['probation', 'court', 'pr_court', 'filed_at', 'outcome_date'],
  ['probation', 'supervision', 'pr_supervision', 'start_date', 'end_date'],
  ['health', 'visit', 'hl_encounter', 'service_from', 'service_to'],
  ['health', 'emergency_visit', 'hl_encounter', 'service_from', 'service_to', "place_of_service = 'ED'"],
  ['education', 'enrolled', 'ed_enrollment', 'start_date', 'exit_date'],
  // As the term chronically_absent_from_school has it, of one period of attendance, and known when that ends.
  [
    'education',
    'chronic_absence',
    'ed_attendance',
    'period_end',
    'period_end',
    `expected_days >= 31 AND coalesce(absent_excused, 0) + coalesce(absent_unexcused, 0) + coalesce(absent_oss, 0)
       + coalesce(incomplete_is_days, 0) >= 0.1 * expected_days`,
  ],
  ['education', 'discipline', 'ed_discipline', 'incident_date', 'incident_date'],
];

export const contactSql = `INSERT INTO contact ${KINDS.map(
  ([system, kind, record, began, ended, where = 'true']) => `
    SELECT person_id, '${system}', '${kind}', ${began}, ${ended}, agency, county, record_id
    FROM ${record} JOIN due_person USING (person_id) WHERE ${began} IS NOT NULL AND ${where}`,
).join(' UNION ALL ')}`;
