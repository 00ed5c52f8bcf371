SELECT s.person_id::text || s.tool || s.screened_at AS unit, p.period, s.county, s.disclosure_script_read AS met
FROM (
  SELECT DISTINCT ON (person_id, tool, screened_at) * FROM screening ORDER BY person_id, tool, screened_at, agency, record_id) s
JOIN period p ON s.screened_at BETWEEN p.starts AND p.ends
WHERE s.outcome <> 'incomplete' AND s.disclosure_script_read IS NOT NULL
