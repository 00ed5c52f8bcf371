SELECT p.person_id AS unit, p.period, p.county, EXISTS (SELECT FROM hl_encounter e WHERE e.person_id = p.person_id AND e.program IN ('smhs', 'nsmhs') AND e.service_from BETWEEN p.starts AND p.ends) AS met
FROM person_period p WHERE p.identified
