WITH observed AS (
  SELECT person_id, county, stage, observed_at, max(observed_at) OVER (PARTITION BY person_id) AS last_seen,
    lag(stage) OVER (PARTITION BY person_id ORDER BY observed_at, agency, record_id) IS DISTINCT FROM stage AS changed,
    row_number() OVER (PARTITION BY person_id ORDER BY observed_at, agency, record_id) AS turn
  FROM stage_observation),
stay AS (
  SELECT person_id, stage, turn, last_seen, observed_at AS began, lead(observed_at) OVER (PARTITION BY person_id ORDER BY turn) AS left_on FROM observed WHERE changed)
SELECT s.person_id::text || s.turn AS unit, p.period, s.stage, coalesce(s.left_on, s.last_seen) - s.began AS days, s.left_on IS NOT NULL AS ended
FROM stay s JOIN period p ON s.began BETWEEN p.starts AND p.ends
