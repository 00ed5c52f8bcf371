SELECT y.person_id AS unit, p.period, f.county,
  coalesce(s.day, k.known_on) - y.first_identified_on AS days, s.day IS NOT NULL AS ended
FROM young_person y JOIN period p ON y.first_identified_on BETWEEN p.starts AND p.ends CROSS JOIN known k
JOIN LATERAL (SELECT d.county FROM decision d WHERE d.person_id = y.person_id AND d.decided_on = y.first_identified_on
  ORDER BY d.agency, d.record_id LIMIT 1) f ON true
LEFT JOIN LATERAL (SELECT min(r.assessed_at) AS day FROM assessment r WHERE r.person_id = y.person_id AND r.assessed_at >= y.first_identified_on) s ON true
WHERE y.first_identified_on <= k.known_on
