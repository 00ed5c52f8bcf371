SELECT c.agency || ' ' || c.record_id AS unit, p.period, c.county, c.basis AS kind
FROM training_completion c JOIN period p ON c.completed_at BETWEEN p.starts AND p.ends
