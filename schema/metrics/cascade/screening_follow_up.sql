SELECT person_id::text || tool || screened_at AS unit, p.period, s.county, s.followed AS met
FROM (
  SELECT person_id, tool, screened_at, min(county) AS county, bool_or(follow_up_opened_at IS NOT NULL) AS followed
  FROM screening WHERE outcome IN ('possible', 'clear', 'referred') GROUP BY person_id, tool, screened_at) s
JOIN period p ON s.screened_at BETWEEN p.starts AND p.ends
