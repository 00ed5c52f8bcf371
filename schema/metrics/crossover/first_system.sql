SELECT DISTINCT ON (p.person_id, p.period) p.person_id AS unit, p.period, p.county, c.system
FROM person_period p JOIN first_contact c ON c.person_id = p.person_id AND c.since <= p.ends
WHERE p.identified ORDER BY p.person_id, p.period, c.since, c.place
