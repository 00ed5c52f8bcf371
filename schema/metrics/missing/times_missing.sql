SELECT a.person_id::text || a.left_on AS unit, p.period, a.county, coalesce(a.factor, 'unknown') AS factor
FROM (
  SELECT person_id, absent_from::date AS left_on, (array_agg(county ORDER BY agency, record_id))[1] AS county, min(returned_at::date) AS returned_on,
    max(primary_factor) AS factor, bool_or(return_interview_at IS NOT NULL) AS interviewed,
    CASE WHEN bool_or(exploited_during = 'yes') THEN 'yes' WHEN bool_or(exploited_during = 'no') THEN 'no' ELSE 'unknown' END AS exploited
  FROM cw_absence GROUP BY person_id, absent_from::date) a
JOIN period p ON a.left_on BETWEEN p.starts AND p.ends
