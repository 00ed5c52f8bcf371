SELECT e.agency || ' ' || e.record_id AS unit, p.period, p.county, e.place_of_service AS place
FROM person_period p JOIN hl_encounter e ON e.person_id = p.person_id AND e.service_from BETWEEN p.starts AND p.ends
WHERE p.identified
