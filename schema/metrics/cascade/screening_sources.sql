SELECT s.person_id::text || s.tool || s.screened_at AS unit, p.period, i.source, i.source = ANY(s.information_source) AS met
FROM (
  SELECT DISTINCT ON (person_id, tool, screened_at) * FROM screening ORDER BY person_id, tool, screened_at, agency, record_id) s
JOIN period p ON s.screened_at BETWEEN p.starts AND p.ends CROSS JOIN (SELECT DISTINCT unnest(information_source) AS source FROM screening) i
WHERE s.outcome <> 'incomplete' AND cardinality(s.information_source) > 0
