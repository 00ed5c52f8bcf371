SELECT p.person_id AS unit, p.period, p.county, t.term IS NOT NULL AS met
FROM person_period p LEFT JOIN person_period_term t
  ON t.person_id = p.person_id AND t.period = p.period AND t.term = 'crossover' AND t.protocol = 'shared'
WHERE p.identified
