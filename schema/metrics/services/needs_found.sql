SELECT s.person_id AS unit, p.period, s.county, array_to_string(code[:level], '.') AS need
FROM service_event s JOIN period p ON s.need_identified_at BETWEEN p.starts AND p.ends,
LATERAL string_to_array(s.need_code, '.') AS code, LATERAL generate_series(2, cardinality(code)) AS level
