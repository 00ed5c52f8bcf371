SELECT e.agency || ' ' || e.record_id AS unit, p.period, e.county, coalesce(f.seen_on, known_on) - e.service_to AS days, f.seen_on IS NOT NULL AS ended
FROM hl_encounter e JOIN period p ON e.service_to BETWEEN p.starts AND p.ends CROSS JOIN known
LEFT JOIN LATERAL (SELECT min(v.service_from) AS seen_on FROM hl_encounter v WHERE v.person_id = e.person_id
  AND v.place_of_service IN ('clinic', 'school', 'telehealth') AND v.service_from > e.service_to) f ON true
WHERE e.place_of_service IN ('ED', 'inpatient') AND e.service_to <= known_on
