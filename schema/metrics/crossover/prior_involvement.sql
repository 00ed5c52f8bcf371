WITH begun AS MATERIALIZED (
  SELECT person_id, system || '.' || kind AS kind, min(began_on) AS first FROM contact GROUP BY person_id, system, kind)
SELECT p.person_id AS unit, p.period, k.kind, coalesce(b.first < y.first_identified_on, false) AS met
FROM person_period p JOIN young_person y USING (person_id)
CROSS JOIN (SELECT DISTINCT kind FROM begun) k
LEFT JOIN begun b ON b.person_id = p.person_id AND b.kind = k.kind
WHERE p.newness = 'new'
