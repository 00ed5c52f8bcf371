SELECT DISTINCT ON (o.person_id, p.period) o.person_id AS unit, p.period, o.county, o.stage
FROM stage_observation o JOIN period p ON o.observed_at BETWEEN p.starts AND p.ends
ORDER BY o.person_id, p.period, o.observed_at DESC, o.agency, o.record_id
