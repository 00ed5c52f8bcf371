SELECT p.person_id AS unit, p.period, p.county, c.component
FROM person_period p JOIN cw_case c ON c.person_id = p.person_id AND c.start_date <= p.ends AND coalesce(c.end_date, p.ends) >= p.starts
WHERE p.identified
