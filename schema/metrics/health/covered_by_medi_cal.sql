SELECT p.person_id AS unit, p.period, p.county,
  EXISTS (SELECT FROM hl_coverage c WHERE c.person_id = p.person_id AND c.month BETWEEN p.starts AND p.ends) AS met
FROM person_period p WHERE p.identified
