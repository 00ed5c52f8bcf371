WITH observed AS (
  SELECT person_id, county, stage, observed_at, max(observed_at) OVER (PARTITION BY person_id) AS last_seen,
    lag(stage) OVER (PARTITION BY person_id ORDER BY observed_at, agency, record_id) IS DISTINCT FROM stage AS changed,
    row_number() OVER (PARTITION BY person_id ORDER BY observed_at, agency, record_id) AS turn
  FROM stage_observation)
SELECT r.person_id::text || r.turn AS unit, p.period, r.county, coalesce(e.engaged_on, known_on) - r.observed_at AS days, e.engaged_on IS NOT NULL AS ended
FROM observed r JOIN period p ON r.observed_at BETWEEN p.starts AND p.ends CROSS JOIN known
LEFT JOIN LATERAL (SELECT min(on_day) AS engaged_on FROM (
  SELECT observed_at AS on_day FROM stage_observation o WHERE o.person_id = r.person_id AND o.stage IN ('SC.CON', 'SC.PRP', 'SC.ACT', 'SC.MNT')
  UNION ALL SELECT start_date FROM service_event s WHERE s.person_id = r.person_id) d WHERE on_day > r.observed_at) e ON true
WHERE r.changed AND r.stage = 'SC.RET' AND r.observed_at <= known_on
