SELECT DISTINCT s.person_id AS unit, p.period, s.county, true AS met
FROM screening_of_all s JOIN period p ON s.screened_at BETWEEN p.starts AND p.ends
WHERE s.outcome <> 'incomplete'
