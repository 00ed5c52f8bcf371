SELECT c.system || c.kind || c.agency || c.record_id AS unit, p.period, p.county, c.system || '.' || c.kind AS kind
FROM person_period p JOIN young_person y USING (person_id)
JOIN contact c ON c.person_id = p.person_id AND c.began_on >= y.first_identified_on - 365 AND c.began_on < y.first_identified_on
WHERE p.newness = 'new'
