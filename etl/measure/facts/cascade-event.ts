/** The steps of the response, in their order; each is one select of person, county of the agency, and day. */
const STEPS: readonly (readonly [step: string, record: string, day: string, where: string])[] = [
  ['referred', 'cw_referral', 'referral_received_at::date', "csec_flag IN ('alleged', 'suspected')"],
  ['screened', 'screening', 'screened_at', "outcome <> 'incomplete'"],
  ['concern', 'screening', 'screened_at', "outcome IN ('possible', 'clear', 'referred')"],
  [
    'identified',
    'identification',
    'decided_at::date',
    "status IN ('suspected', 'confirmed') AND exploitation_kind IS DISTINCT FROM 'labor'",
  ],
  ['assessed', 'assessment', 'assessed_at', 'true'],
  ['team_met', 'mdt_meeting', 'held_at::date', 'true'],
  ['planned', 'mdt_meeting', 'held_at::date', "safety_plan IN ('created', 'revised')"],
  ['served', 'service_event', 'start_date', 'true'],
  ['service_ended', 'service_event', 'end_date', 'start_date IS NOT NULL'],
  ['reassessed', 'assessment', 'assessed_at', "reason <> 'initial'"],
];

/** Each step as often as it was taken: a later one may come without an earlier one, and is kept all the same. */
export const cascadeEventSql = `CREATE TEMPORARY VIEW cascade_event AS
  SELECT step.* FROM (${STEPS.map(
    ([step, record, day, where]) => `
    SELECT person_id, '${step}' AS step, ${day} AS taken_on, agency, county FROM ${record} WHERE ${day} IS NOT NULL AND ${where}`,
  ).join(' UNION ALL ')}) step CROSS JOIN known`;
