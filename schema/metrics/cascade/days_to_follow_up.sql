SELECT person_id::text || tool || screened_at AS unit, p.period, s.county,
  greatest(0, coalesce(s.opened, k.known_on) - s.screened_at) AS days, s.opened IS NOT NULL AS ended
FROM (
  SELECT person_id, tool, screened_at, min(county) AS county, min(follow_up_opened_at::date) AS opened
  FROM screening WHERE outcome IN ('possible', 'clear', 'referred') GROUP BY person_id, tool, screened_at) s
JOIN period p ON s.screened_at BETWEEN p.starts AND p.ends CROSS JOIN known k
