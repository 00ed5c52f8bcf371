SELECT p.person_id AS unit, p.period, p.county, g.student_group AS student_group
FROM person_period p JOIN (
  SELECT person_id, 'homeless' AS student_group, start_date, end_date FROM ed_program WHERE program = '191'
  UNION ALL SELECT person_id, CASE kind WHEN 'foster_care' THEN 'foster' WHEN 'supervision' THEN 'probation' ELSE 'detained' END, began_on, ended_on
  FROM contact WHERE kind IN ('foster_care', 'supervision', 'detention')) g
  ON g.person_id = p.person_id AND g.start_date <= p.ends AND coalesce(g.end_date, 'infinity') >= p.starts
WHERE p.identified AND EXISTS (SELECT FROM ed_enrollment e WHERE e.person_id = p.person_id AND e.enrollment_status = '10' AND e.start_date <= p.ends AND coalesce(e.exit_date, 'infinity') >= p.starts)
