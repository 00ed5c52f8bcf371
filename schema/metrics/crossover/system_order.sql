SELECT p.person_id AS unit, p.period, array_to_string((array_agg(c.short ORDER BY c.since, c.place))[1:2], '>') AS first_two
FROM person_period p JOIN first_contact c ON c.person_id = p.person_id AND c.since <= p.ends
WHERE p.identified GROUP BY p.person_id, p.period
