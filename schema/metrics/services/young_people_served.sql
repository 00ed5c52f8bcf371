SELECT p.person_id AS unit, p.period, p.county, s.served_by
FROM person_period p JOIN (
  SELECT person_id, system AS served_by, began_on, ended_on FROM contact WHERE kind IN ('case', 'supervision')
  UNION ALL SELECT person_id, 'service', start_date, end_date FROM service_event WHERE start_date IS NOT NULL) s
  ON s.person_id = p.person_id AND s.began_on <= p.ends AND coalesce(s.ended_on, 'infinity') >= p.starts
WHERE p.identified
