SELECT s.agency || ' ' || s.record_id AS unit, p.period, s.county, s.phase
FROM service_event s JOIN period p ON s.start_date BETWEEN p.starts AND p.ends
