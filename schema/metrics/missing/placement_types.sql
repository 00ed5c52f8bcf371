SELECT r.person_id AS unit, p.period, r.county, r.placement_type AS kind
FROM cw_placement r JOIN period p ON r.start_date <= p.ends AND coalesce(r.end_date, p.ends) >= p.starts
