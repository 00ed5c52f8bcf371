import type { CodeList } from '../../../src/contracts/code-list.ts';
import type { Contracts } from '../../../src/contracts/contracts.ts';
import { listNamed } from '../../../src/contracts/lookup.ts';
import { literal } from '../../validate/stored/sql.ts';
import { STATUSES } from '../status-rows.ts';

/** The periods in which a young person is asked about: those that a row about the status falls into. */
export const gridSql = `
  CREATE TEMPORARY TABLE grid ON COMMIT DROP AS
  SELECT DISTINCT d.person_id, p.period, p.kind, p.starts, p.ends, y.born_on
  FROM decision d JOIN due_person USING (person_id) JOIN young_person y USING (person_id)
  JOIN period p ON d.decided_on <= p.ends AND coalesce(d.lasts_until, d.decided_on) >= p.starts
  WHERE d.status <> 'ruled_out'`;

/** What each system said, the strongest of a period: differing words are kept, whatever the consensus is. */
export const statusBySystemSql = `
  INSERT INTO person_period_status
  SELECT DISTINCT ON (g.person_id, g.period, d.system) g.person_id, g.period, d.system, d.status, d.decided_on
  FROM grid g JOIN decision d ON d.person_id = g.person_id AND d.decided_on <= g.ends AND coalesce(d.lasts_until, d.decided_on) >= g.starts
  ORDER BY g.person_id, g.period, d.system, ${strength('d.status')}, d.decided_on`;

function strength(column: string): string {
  return `array_position(ARRAY[${[...STATUSES, 'ruled_out'].map(literal).join(', ')}], ${column})`;
}

/** The terms that say what a young person is to a period. */
const STATUS_TERMS = [
  ...(['confirmed', 'suspected', 'at_risk', 'concern', 'identified'] as const),
  ...(['exploited_while_absent', 'exploited_during_care', 'exploited_before_care'] as const),
];
type StatusTerm = (typeof STATUS_TERMS)[number];

export function personPeriodSql(contracts: Contracts): string {
  const holds = (term: StatusTerm): string => `coalesce(t.terms @> ARRAY['${term}'], false)`;
  /** The newest that a row about the status says, up to the end of the period. */
  const newest = (column: string): string =>
    `(array_agg(d.${column} ORDER BY d.decided_on DESC, d.agency, d.record_id) FILTER (WHERE d.${column} IS NOT NULL))[1]`;
  return `
    INSERT INTO person_period
    WITH term AS (
      SELECT person_id, period, array_agg(term) AS terms FROM person_period_term JOIN due_person USING (person_id)
      WHERE protocol = 'shared' AND term IN (${STATUS_TERMS.map(literal).join(', ')}) GROUP BY 1, 2),
    fostered AS (SELECT person_id, min(began_on) AS since FROM contact WHERE kind = 'foster_care' GROUP BY 1),
    said AS (
      SELECT person_id, period, array_agg(system ORDER BY system) FILTER (WHERE status IN ('confirmed', 'suspected')) AS sources,
        count(DISTINCT status) = 1 AS agree FROM person_period_status JOIN due_person USING (person_id) GROUP BY 1, 2),
    fact AS (
      SELECT g.*, y.sex, y.gender_identity, y.sexual_orientation, y.lgbtq, y.race_ethnicity, y.first_identified_on,
        CASE WHEN ${holds('confirmed')} THEN 'confirmed' WHEN ${holds('suspected')} THEN 'suspected'
          WHEN ${holds('at_risk')} THEN 'at_risk' WHEN ${holds('concern')} THEN 'concern' END AS status,
        ${holds('identified')} AS identified, extract(year FROM age(g.ends, g.born_on))::int AS age,
        coalesce(s.sources, '{}') AS sources, s.agree,
        CASE WHEN NOT ${holds('identified')} THEN NULL
          WHEN ${holds('exploited_while_absent')} THEN 'while_absent' WHEN ${holds('exploited_during_care')} THEN 'during_care'
          WHEN ${holds('exploited_before_care')} THEN 'before_care'
          WHEN f.since <= g.ends THEN 'after_care'
          ELSE 'never_in_care' END AS care_timing,
        c.identified_residence, coalesce(c.responsible_county, 'unknown') AS responsible_county,
        coalesce(c.exploitation_county, 'unknown') AS exploitation_county,
        (SELECT p.residence_county FROM person p WHERE p.person_id = g.person_id AND p.residence_county IS NOT NULL
          ORDER BY p.effective_date DESC NULLS LAST, p.agency, p.record_id LIMIT 1) AS recorded_residence
      FROM grid g JOIN young_person y USING (person_id) JOIN said s USING (person_id, period) LEFT JOIN term t USING (person_id, period)
      LEFT JOIN fostered f USING (person_id)
      CROSS JOIN LATERAL (SELECT ${newest('residence_county')} AS identified_residence, ${newest('responsible_county')} AS responsible_county,
        ${newest('exploitation_county')} AS exploitation_county FROM decision d WHERE d.person_id = g.person_id AND d.decided_on <= g.ends) c)
    SELECT person_id, period, kind, starts, ends, status, identified, coalesce(age < 18, false), sources, agree,
      CASE WHEN identified THEN CASE WHEN first_identified_on >= starts THEN 'new' ELSE 'existing' END END, care_timing, age,
      ${band('age', listNamed(contracts, 'age_band'))}, ${band('age', listNamed(contracts, 'age_band_public'))},
      sex, gender_identity, sexual_orientation, lgbtq, race_ethnicity,
      coalesce(nullif(identified_residence, 'unknown'), recorded_residence, 'unknown'), responsible_county, exploitation_county
    FROM fact WHERE status IS NOT NULL`;
}

function band(age: string, list: CodeList): string {
  const cases = list.codes.map(
    ({ code, attributes }) =>
      `WHEN ${age} BETWEEN ${Number(attributes.min)} AND ${Number(attributes.max)} THEN ${literal(code)}`,
  );
  return `CASE ${cases.join(' ')} ELSE 'unknown' END`;
}
