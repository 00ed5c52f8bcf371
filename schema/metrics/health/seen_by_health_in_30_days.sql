SELECT p.person_id AS unit, p.period, p.county, coalesce(e.seen_on, known_on) - y.first_identified_on AS days, e.seen_on IS NOT NULL AS ended
FROM person_period p JOIN young_person y USING (person_id) CROSS JOIN known
LEFT JOIN LATERAL (SELECT min(service_from) AS seen_on FROM hl_encounter e WHERE e.person_id = p.person_id
  AND e.program IN ('physical', 'public_health') AND e.service_from >= y.first_identified_on) e ON true
WHERE p.newness = 'new' AND y.first_identified_on <= known_on
