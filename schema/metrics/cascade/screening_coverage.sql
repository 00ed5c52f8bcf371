SELECT DISTINCT s.person_id AS unit, p.period, s.county, true AS met
FROM (SELECT person_id::text AS person_id, county, screened_at FROM screening_of_all WHERE outcome <> 'incomplete') s
JOIN period p ON s.screened_at BETWEEN p.starts AND p.ends
