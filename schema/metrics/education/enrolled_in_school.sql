SELECT p.person_id AS unit, p.period, p.county, EXISTS (SELECT FROM ed_enrollment e WHERE e.person_id = p.person_id AND e.enrollment_status = '10' AND e.start_date <= p.ends AND coalesce(e.exit_date, 'infinity') >= p.starts) AS met
FROM person_period p WHERE p.identified AND p.age BETWEEN 6 AND 17
