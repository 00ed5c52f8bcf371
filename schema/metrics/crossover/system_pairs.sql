WITH known AS (
  SELECT p.person_id, p.period, p.county, c.system,
    (ARRAY['CW', 'PR', 'HL', 'ED'])[array_position(ARRAY['child_welfare', 'probation', 'health', 'education'], c.system)] AS short,
    min(c.began_on) AS since
  FROM person_period p JOIN contact c ON c.person_id = p.person_id AND c.began_on <= p.ends
  WHERE p.identified GROUP BY 1, 2, 3, 4)
SELECT a.person_id AS unit, a.period, a.county, a.short || '+' || b.short AS pair
FROM known a JOIN known b USING (person_id, period)
WHERE array_position(ARRAY['CW', 'PR', 'HL', 'ED'], a.short) < array_position(ARRAY['CW', 'PR', 'HL', 'ED'], b.short)
