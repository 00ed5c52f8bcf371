WITH known AS (
  SELECT p.person_id, p.period, p.county, c.system,
    (ARRAY['CW', 'PR', 'HL', 'ED'])[array_position(ARRAY['child_welfare', 'probation', 'health', 'education'], c.system)] AS short,
    min(c.began_on) AS since
  FROM person_period p JOIN contact c ON c.person_id = p.person_id AND c.began_on <= p.ends
  WHERE p.identified GROUP BY 1, 2, 3, 4),
in_order AS (SELECT person_id, period, (array_agg(short ORDER BY since, array_position(ARRAY['CW', 'PR', 'HL', 'ED'], short)))[1:2] AS two FROM known GROUP BY 1, 2)
SELECT person_id AS unit, period, array_to_string(two, '>') AS first_two FROM in_order
