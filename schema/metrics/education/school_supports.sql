SELECT p.person_id AS unit, p.period, p.county, k.support,
  EXISTS (SELECT FROM ed_support s WHERE s.person_id = p.person_id AND s.support = k.support AND s.start_date <= p.ends AND coalesce(s.end_date, 'infinity') >= p.starts) AS met
FROM person_period p CROSS JOIN (SELECT DISTINCT support FROM ed_support) k
WHERE p.identified AND EXISTS (SELECT FROM ed_enrollment e WHERE e.person_id = p.person_id AND e.enrollment_status = '10' AND e.start_date <= p.ends AND coalesce(e.exit_date, 'infinity') >= p.starts)
