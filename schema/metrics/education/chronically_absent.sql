SELECT p.person_id AS unit, p.period, p.county, t.term IS NOT NULL AS met
FROM person_period p LEFT JOIN person_period_term t
  ON t.person_id = p.person_id AND t.period = p.period AND t.term = 'chronically_absent_from_school' AND t.protocol = 'shared'
WHERE p.identified AND 31 <= (SELECT sum(a.expected_days) FROM ed_attendance a WHERE a.person_id = p.person_id AND a.period_start BETWEEN p.starts AND p.ends)
