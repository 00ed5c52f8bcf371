SELECT p.person_id AS unit, p.period, p.county, coalesce(string_agg(c.short, '+' ORDER BY c.place), 'none') AS combination
FROM person_period p LEFT JOIN first_contact c ON c.person_id = p.person_id AND c.since <= p.ends
WHERE p.identified GROUP BY p.person_id, p.period, p.county
