SELECT o.agency || ' ' || o.record_id || ' ' || one AS unit, p.period, o.county
FROM outreach_session o JOIN period p ON o.held_on BETWEEN p.starts AND p.ends CROSS JOIN generate_series(1, o.came_forward) AS one
