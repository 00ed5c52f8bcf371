WITH screened AS (SELECT person_id, min(taken_on) AS first FROM cascade_event WHERE step = 'screened' GROUP BY person_id)
SELECT e.person_id AS unit, p.period, e.step, coalesce(s.first > min(e.taken_on), true) AS met
FROM cascade_event e JOIN period p ON e.taken_on BETWEEN p.starts AND p.ends LEFT JOIN screened s ON s.person_id = e.person_id
WHERE e.step NOT IN ('screened', 'concern') GROUP BY e.person_id, p.period, e.step, s.first
