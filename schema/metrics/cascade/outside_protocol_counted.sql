SELECT c.agency || ' ' || c.record_id || ' ' || one AS unit, p.period, c.county, c.population
FROM outside_protocol_count c JOIN period p ON p.starts + (p.ends - p.starts + 1) / 2 BETWEEN c.period_start AND c.period_end
CROSS JOIN generate_series(1, c.n) AS one
