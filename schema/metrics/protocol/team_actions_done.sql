SELECT a.agency || ' ' || a.record_id AS unit, p.period, a.county, a.action, coalesce(a.done_at::date, known_on) - a.agreed_at::date AS days, a.done_at IS NOT NULL AS ended
FROM mdt_action a JOIN period p ON a.agreed_at::date BETWEEN p.starts AND p.ends CROSS JOIN known
WHERE a.agreed_at::date <= known_on
