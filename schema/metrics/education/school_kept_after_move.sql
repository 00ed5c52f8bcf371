SELECT c.person_id::text || c.start_date AS unit, p.period, c.county, NOT EXISTS (SELECT FROM ed_enrollment n WHERE n.person_id = c.person_id
    AND n.enrollment_status = '10' AND n.cds_school <> e.cds_school AND n.start_date BETWEEN c.start_date AND least(c.start_date + 30, p.ends)) AS met
FROM cw_placement c JOIN period p ON c.start_date BETWEEN p.starts AND p.ends
JOIN LATERAL (SELECT cds_school FROM ed_enrollment e WHERE e.person_id = c.person_id AND e.enrollment_status = '10'
  AND e.start_date < c.start_date AND coalesce(e.exit_date, 'infinity') >= c.start_date - 1 ORDER BY e.start_date DESC, e.record_id LIMIT 1) e ON true
WHERE EXISTS (SELECT FROM cw_placement b WHERE b.person_id = c.person_id AND b.start_date < c.start_date)
