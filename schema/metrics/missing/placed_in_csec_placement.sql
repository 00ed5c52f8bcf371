SELECT r.person_id AS unit, p.period, r.county, bool_or(r.csec_specific) AS met
FROM cw_placement r JOIN period p ON r.start_date <= p.ends AND coalesce(r.end_date, p.ends) >= p.starts
WHERE r.csec_specific IS NOT NULL GROUP BY r.person_id, p.period, r.county
