SELECT p.person_id AS unit, p.period, k.kind,
  EXISTS (SELECT FROM contact c WHERE c.person_id = p.person_id AND c.system || '.' || c.kind = k.kind AND c.began_on < y.first_identified_on) AS met
FROM person_period p JOIN young_person y USING (person_id)
CROSS JOIN (SELECT DISTINCT system || '.' || kind AS kind FROM contact) k
WHERE p.newness = 'new'
