SELECT i.person_id AS unit, p.period, p.county, g.population
FROM person_period p JOIN identification i ON i.person_id = p.person_id AND i.decided_at::date BETWEEN p.starts AND p.ends
CROSS JOIN unnest(i.outside_protocol) AS g (population)
WHERE p.identified AND i.status IN ('suspected', 'confirmed')
