import type { CodeList } from '../../../src/contracts/code-list.ts';
import type { Contracts } from '../../../src/contracts/contracts.ts';
import { listNamed } from '../../../src/contracts/lookup.ts';
import type { TermVersion } from '../../../src/contracts/term.ts';
import { literal } from '../../validate/stored/sql.ts';
import { STATUSES } from '../status-rows.ts';
import { ruleOf, ruleSql } from '../term-sql.ts';
import { changedIn, factRecords } from './record-rows.ts';

/** The periods in which a young person is asked about: those that a row about the status falls into. */
export const gridSql = `
  CREATE TEMPORARY TABLE grid ON COMMIT DROP AS
  SELECT DISTINCT d.person_id, p.period, p.kind, p.starts, p.ends, y.born_on
  FROM decision d JOIN due_person USING (person_id) JOIN young_person y USING (person_id)
  JOIN period p ON d.decided_on <= p.ends AND coalesce(d.lasts_until, d.decided_on) >= p.starts
  WHERE d.status <> 'ruled_out'`;

/**
 * Every term with a rule, for every young person and period: by its shared version in force at the end of the period,
 * or in a wanted earlier version, and by each county that has a rule of its own. A term is asked again of those of whom
 * a row changed that it may rest on, and of those whose decisions or birth may put them into other periods.
 */
export function termSql(contracts: Contracts): readonly string[] {
  return [...contracts.terms.values()].flatMap((term) => {
    const shared = term.versions.map((version) => ({ version, protocol: 'shared' }));
    const local = term.local.map((version) => ({ version, protocol: version.county }));
    const asked = [...shared, ...local]
      .filter(({ version }) => version.rule !== undefined)
      .map(({ version, protocol }) => ({
        version,
        protocol,
        sql: ruleSql(contracts, ruleOf(version), (name) => versionBeside(contracts, name, version)),
      }));
    const own = recordsNamedIn(
      contracts,
      asked.map(({ sql }) => sql),
    );
    const again = changedIn([...new Set(['decision', 'person', ...own])]);
    return [
      `DELETE FROM person_period_term WHERE term = ${literal(term.name)} AND person_id IN (${again})`,
      ...asked.map(
        ({ version, protocol, sql }) => `
        INSERT INTO person_period_term (person_id, period, term, version, protocol)
        SELECT g.person_id, g.period, ${literal(term.name)}, ${version.version}, ${literal(protocol)} FROM grid g
        WHERE g.ends >= ${literal(version.effectiveFrom)}::date AND g.ends <= ${literal(version.effectiveTo ?? 'infinity')}::date
          AND g.person_id IN (${again}) AND (${sql})`,
      ),
    ];
  });
}

/** Whatever record is so much as named: by one too many a row is made anew in vain, by one too few it would be wrong. */
function recordsNamedIn(contracts: Contracts, statements: readonly string[]): string[] {
  return factRecords(contracts)
    .map(({ record }) => record)
    .filter((record) => statements.some((sql) => new RegExp(`\\b${record}\\b`).test(sql)));
}

/** The version of another term that goes with a version: the one in force when it is, else the newest. */
function versionBeside(contracts: Contracts, name: string, beside: TermVersion): TermVersion {
  const versions = contracts.terms.get(name)?.versions ?? [];
  const on = beside.effectiveTo ?? '9999-12-31';
  const found =
    versions.find((one) => one.effectiveFrom <= on && (one.effectiveTo ?? '9999-12-31') >= on) ??
    versions.at(-1);
  if (found === undefined) throw new Error(`there is no term ${name}`);
  return found;
}

/** What each system said, the strongest of a period: differing words are kept, whatever the consensus is. */
export const statusBySystemSql = `
  INSERT INTO person_period_status
  SELECT DISTINCT ON (g.person_id, g.period, d.system) g.person_id, g.period, d.system, d.status, d.decided_on
  FROM grid g JOIN decision d ON d.person_id = g.person_id AND d.decided_on <= g.ends AND coalesce(d.lasts_until, d.decided_on) >= g.starts
  ORDER BY g.person_id, g.period, d.system, ${strength('d.status')}, d.decided_on`;

function strength(column: string): string {
  return `array_position(ARRAY[${[...STATUSES, 'ruled_out'].map(literal).join(', ')}], ${column})`;
}

export function personPeriodSql(contracts: Contracts): string {
  const holds = (term: string): string => `coalesce(t.terms @> ARRAY['${term}'], false)`;
  const county = (column: string): string => `
    coalesce((SELECT ${column} FROM decision d WHERE d.person_id = g.person_id AND d.decided_on <= g.ends AND ${column} IS NOT NULL
      ORDER BY d.decided_on DESC, d.agency, d.record_id LIMIT 1), 'unknown')`;
  return `
    INSERT INTO person_period
    WITH term AS (
      SELECT person_id, period, array_agg(term) AS terms FROM person_period_term JOIN due_person USING (person_id)
      WHERE protocol = 'shared' GROUP BY 1, 2),
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
          WHEN EXISTS (SELECT FROM contact c WHERE c.person_id = g.person_id AND c.kind = 'foster_care' AND c.began_on <= g.ends) THEN 'after_care'
          ELSE 'never_in_care' END AS care_timing,
        ${county('d.residence_county')} AS identified_residence, ${county('d.responsible_county')} AS responsible_county,
        ${county('d.exploitation_county')} AS exploitation_county,
        (SELECT p.residence_county FROM person p WHERE p.person_id = g.person_id AND p.residence_county IS NOT NULL
          ORDER BY p.effective_date DESC NULLS LAST, p.agency, p.record_id LIMIT 1) AS recorded_residence
      FROM grid g JOIN young_person y USING (person_id) JOIN said s USING (person_id, period) LEFT JOIN term t USING (person_id, period))
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
