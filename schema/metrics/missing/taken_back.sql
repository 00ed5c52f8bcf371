SELECT r.person_id::text || r.start_date || r.end_date AS unit, p.period, r.county, bool_or(r.no_eject_return) AS met
FROM cw_placement r JOIN period p ON r.end_date BETWEEN p.starts AND p.ends
WHERE r.end_reason = 'absence' AND r.no_eject_return IS NOT NULL GROUP BY r.person_id, r.start_date, r.end_date, p.period, r.county
