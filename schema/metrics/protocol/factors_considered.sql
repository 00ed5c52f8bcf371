SELECT c.agency || ' ' || c.record_id AS unit, p.period, c.county, c.factor, c.considered AS met
FROM context_review c JOIN period p ON c.reviewed_at BETWEEN p.starts AND p.ends
