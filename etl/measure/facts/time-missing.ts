/** Every time that a young person in scope was missing from care, whichever agencies tell of it: one for each day of leaving. */
export const timeMissingSql = `CREATE TEMPORARY VIEW time_missing AS
  SELECT a.person_id::text || ' ' || a.left_on AS time, a.*, returned_on IS NOT NULL AS ended,
    greatest(0, coalesce(returned_on, known_on) - left_on) AS days
  FROM (
    SELECT person_id, absent_from::date AS left_on, min(returned_at::date) AS returned_on,
      (array_agg(county ORDER BY agency, record_id))[1] AS county, (array_agg(primary_factor ORDER BY primary_factor IN ('unknown', 'other'), agency))[1] AS factor,
      bool_or(return_interview_at IS NOT NULL) AS interviewed,
      CASE WHEN bool_or(exploited_during = 'yes') THEN 'yes' WHEN bool_or(exploited_during = 'no') THEN 'no' ELSE 'unknown' END AS exploited
    FROM cw_absence GROUP BY person_id, absent_from::date) a CROSS JOIN known`;
