SELECT p.person_id AS unit, p.period, p.county, a.short || '+' || b.short AS pair
FROM person_period p JOIN first_contact a ON a.person_id = p.person_id AND a.since <= p.ends
JOIN first_contact b ON b.person_id = p.person_id AND b.since <= p.ends AND b.place > a.place
WHERE p.identified
