WITH change AS (
  SELECT c.person_id, c.county, 'move' AS change, c.start_date AS before, c.start_date AS after FROM cw_placement c
  WHERE EXISTS (SELECT FROM cw_placement e WHERE e.person_id = c.person_id AND e.start_date < c.start_date)
  UNION SELECT person_id, county, 'return', absent_from::date, returned_at::date FROM cw_absence WHERE returned_at IS NOT NULL),
care AS (
  SELECT person_id, service_from AS seen_on, agency || ' ' || clinician_token AS clinician FROM hl_encounter
  WHERE program IN ('smhs', 'nsmhs') AND clinician_token IS NOT NULL
  UNION ALL SELECT person_id, start_date, agency || ' ' || clinician_token FROM service_event
  WHERE starts_with(need_code, 'HN.MEN') AND clinician_token IS NOT NULL AND start_date IS NOT NULL)
SELECT c.person_id::text || c.change || c.after AS unit, p.period, c.county, c.change, bool_or(a.clinician = b.clinician) AS met
FROM change c JOIN period p ON c.after BETWEEN p.starts AND p.ends
JOIN LATERAL (SELECT clinician FROM care WHERE care.person_id = c.person_id AND seen_on < c.before AND seen_on >= c.before - 90
  ORDER BY seen_on DESC, clinician LIMIT 1) b ON true
JOIN care a ON a.person_id = c.person_id AND a.seen_on BETWEEN c.after AND c.after + 90 AND a.seen_on <= p.ends
GROUP BY c.person_id, c.change, c.after, c.county, p.period
