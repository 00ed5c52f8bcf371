SELECT d.agency || ' ' || d.record_id AS unit, p.period, d.county, d.stage, coalesce(d.outcome, 'ongoing') AS outcome
FROM pr_diversion d JOIN period p ON d.offered_at::date BETWEEN p.starts AND p.ends
