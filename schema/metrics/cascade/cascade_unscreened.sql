SELECT e.person_id AS unit, p.period, e.step,
  NOT EXISTS (SELECT FROM cascade_event s WHERE s.person_id = e.person_id AND s.step = 'screened' AND s.taken_on <= min(e.taken_on)) AS met
FROM cascade_event e JOIN period p ON e.taken_on BETWEEN p.starts AND p.ends
WHERE e.step NOT IN ('screened', 'concern') GROUP BY e.person_id, p.period, e.step
