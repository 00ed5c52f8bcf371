WITH change AS (
  SELECT c.person_id, c.county, 'move' AS change, c.start_date AS before, c.start_date AS after FROM cw_placement c
  WHERE EXISTS (SELECT FROM cw_placement e WHERE e.person_id = c.person_id AND e.start_date < c.start_date)
  UNION SELECT person_id, county, 'return', absent_from::date, returned_at::date FROM cw_absence WHERE returned_at IS NOT NULL),
care AS MATERIALIZED (
  SELECT person_id, service_from AS seen_on, agency || ' ' || clinician_token AS clinician FROM hl_encounter
  WHERE program IN ('smhs', 'nsmhs') AND clinician_token IS NOT NULL
  UNION SELECT person_id, start_date, agency || ' ' || clinician_token FROM service_event
  WHERE starts_with(need_code, 'HN.MEN') AND clinician_token IS NOT NULL AND start_date IS NOT NULL),
seen_before AS (
  SELECT DISTINCT ON (c.person_id, c.county, c.change, c.before, c.after) c.*, b.clinician
  FROM change c JOIN care b ON b.person_id = c.person_id AND b.seen_on < c.before AND b.seen_on >= c.before - 90
  ORDER BY c.person_id, c.county, c.change, c.before, c.after, b.seen_on DESC, b.clinician),
seen_after AS (
  SELECT c.person_id, c.county, c.change, c.after, min(a.seen_on) AS seen_on, min(a.seen_on) FILTER (WHERE a.clinician = c.clinician) AS same_on
  FROM seen_before c JOIN care a ON a.person_id = c.person_id AND a.seen_on BETWEEN c.after AND c.after + 90
  GROUP BY c.person_id, c.county, c.change, c.after)
SELECT s.person_id::text || s.change || s.after AS unit, p.period, s.county, s.change, coalesce(s.same_on <= p.ends, false) AS met
FROM seen_after s JOIN period p ON s.after BETWEEN p.starts AND p.ends AND s.seen_on <= p.ends
