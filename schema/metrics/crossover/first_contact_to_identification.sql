SELECT p.person_id AS unit, p.period, p.county, y.first_identified_on - min(c.began_on) AS days, true AS ended
FROM person_period p JOIN young_person y USING (person_id)
JOIN contact c ON c.person_id = p.person_id AND c.system <> 'education' AND c.began_on <= y.first_identified_on
WHERE p.newness = 'new' GROUP BY p.person_id, p.period, p.county, y.first_identified_on
