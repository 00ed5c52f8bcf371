/**
 * One row for each young person in scope. Where sources differ, the answer that most sources gave holds; of answers given
 * equally often the one given last; then the first in the order of the agencies. "Unknown", "not asked" and "declined"
 * are no answers. Orientation and gender identity are never taken from schools.
 */
const ATTRIBUTES = {
  sex: "p.sex <> 'unknown'",
  gender_identity:
    "p.gender_identity NOT IN ('declined', 'not_asked', 'unknown') AND s.system <> 'education'",
  sexual_orientation:
    "p.sexual_orientation NOT IN ('declined', 'not_asked', 'unknown') AND s.system <> 'education'",
  races: 'cardinality(p.race_ethnicity) > 0',
  language: "p.language <> 'und'",
  born_on: 'p.birth_year IS NOT NULL',
} as const;

const EXPRESSIONS: Partial<Record<keyof typeof ATTRIBUTES, string>> = {
  races: "array_to_string(ARRAY(SELECT unnest(p.race_ethnicity) ORDER BY 1), ';')",
  born_on: 'make_date(p.birth_year, coalesce(p.birth_month, 7), 1)::text',
};

const answers = Object.entries(ATTRIBUTES)
  .map(
    ([attribute, answered]) => `
      SELECT p.person_id, '${attribute}' AS attribute, ${EXPRESSIONS[attribute as keyof typeof ATTRIBUTES] ?? `p.${attribute}`} AS answer,
        count(*) AS sources, max(p.effective_date) AS given_on, min(p.agency) AS agency, array_agg(DISTINCT p.agency) AS agencies
      FROM person p JOIN due_person USING (person_id) JOIN agency_system s ON s.agency = p.agency
      WHERE ${answered} GROUP BY 1, 2, 3`,
  )
  .join(' UNION ALL ');

const pick = (attribute: string): string => `max(answer) FILTER (WHERE attribute = '${attribute}')`;

export const youngPersonSql = `
  INSERT INTO young_person
  WITH answer AS (${answers}),
  chosen AS (
    SELECT DISTINCT ON (person_id, attribute) person_id, attribute, answer, agencies,
      count(*) OVER (PARTITION BY person_id, attribute) AS answers
    FROM answer ORDER BY person_id, attribute, sources DESC, given_on DESC NULLS LAST, agency, answer),
  person AS (
    SELECT person_id, ${pick('born_on')}::date AS born_on, ${pick('sex')} AS sex, ${pick('gender_identity')} AS gender_identity,
      ${pick('sexual_orientation')} AS sexual_orientation, string_to_array(${pick('races')}, ';') AS races, ${pick('language')} AS language,
      jsonb_object_agg(attribute, jsonb_build_object('from', to_jsonb(agencies), 'answers', answers)) AS provenance
    FROM chosen GROUP BY person_id),
  first_identified AS (
    SELECT DISTINCT ON (person_id) person_id, decided_on, system FROM decision JOIN due_person USING (person_id)
    WHERE status IN ('confirmed', 'suspected') AND decided_on IS NOT NULL ORDER BY person_id, decided_on, system)
  SELECT d.person_id, p.born_on, coalesce(p.sex, 'unknown'), coalesce(p.gender_identity, 'unknown'),
    coalesce(p.sexual_orientation, 'unknown'),
    CASE WHEN p.sexual_orientation IN ('gay', 'lesbian', 'bisexual', 'asexual', 'another')
           OR p.gender_identity IN ('transgender_female', 'transgender_male', 'nonbinary_or_genderqueer', 'another') THEN 'yes'
         WHEN p.sexual_orientation = 'straight_or_heterosexual' THEN 'no' ELSE 'unknown' END,
    CASE cardinality(p.races) WHEN 1 THEN p.races[1] ELSE CASE WHEN p.races IS NULL THEN 'unknown' ELSE 'two_or_more' END END,
    coalesce(p.races, '{}'), coalesce(p.language, 'und'), f.decided_on, f.system,
    (SELECT min(decided_on) FROM decision c WHERE c.person_id = d.person_id AND c.status = 'confirmed'),
    (SELECT min(began_on) FROM contact c WHERE c.person_id = d.person_id), coalesce(p.provenance, '{}')
  FROM due_person d LEFT JOIN person p USING (person_id) LEFT JOIN first_identified f USING (person_id)`;
