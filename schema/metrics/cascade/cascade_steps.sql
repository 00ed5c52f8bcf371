SELECT DISTINCT e.person_id AS unit, p.period, e.county, e.step
FROM cascade_event e JOIN period p ON e.taken_on BETWEEN p.starts AND p.ends
