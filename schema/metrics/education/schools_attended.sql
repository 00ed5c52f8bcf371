SELECT p.person_id AS unit, p.period, p.county, CASE n WHEN 1 THEN 'one' WHEN 2 THEN 'two' ELSE 'three_or_more' END AS schools
FROM person_period p CROSS JOIN LATERAL (SELECT count(DISTINCT e.cds_school) AS n FROM ed_enrollment e
  WHERE e.person_id = p.person_id AND e.enrollment_status = '10' AND e.start_date <= p.ends AND coalesce(e.exit_date, 'infinity') >= p.starts) s
WHERE p.identified AND n > 0
