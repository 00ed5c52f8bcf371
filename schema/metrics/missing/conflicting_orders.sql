SELECT c.agency || ' ' || c.record_id AS unit, p.period, c.county, c.conflicting_orders AS met
FROM pr_court c JOIN period p ON c.filed_at BETWEEN p.starts AND p.ends
WHERE c.conflicting_orders IS NOT NULL
