WITH known AS (
  SELECT p.person_id, p.period, p.county, c.system,
    (ARRAY['CW', 'PR', 'HL', 'ED'])[array_position(ARRAY['child_welfare', 'probation', 'health', 'education'], c.system)] AS short,
    min(c.began_on) AS since
  FROM person_period p JOIN contact c ON c.person_id = p.person_id AND c.began_on <= p.ends
  WHERE p.identified GROUP BY 1, 2, 3, 4)
SELECT p.person_id AS unit, p.period, p.county, coalesce(k.combination, 'none') AS combination
FROM person_period p LEFT JOIN (
  SELECT person_id, period, string_agg(short, '+' ORDER BY array_position(ARRAY['CW', 'PR', 'HL', 'ED'], short)) AS combination FROM known GROUP BY 1, 2) k USING (person_id, period)
WHERE p.identified
