SELECT a.person_id::text || a.tool || a.assessed_at AS unit, p.period, a.county,
  EXISTS (SELECT FROM assessment b WHERE b.person_id = a.person_id AND b.agency <> a.agency AND b.assessed_at >= a.assessed_at - 30
    AND (b.assessed_at < a.assessed_at OR b.assessed_at = a.assessed_at AND b.tool <> a.tool AND b.agency < a.agency)) AS met
FROM (SELECT DISTINCT ON (person_id, tool, assessed_at) * FROM assessment ORDER BY person_id, tool, assessed_at, agency, record_id) a
JOIN period p ON a.assessed_at BETWEEN p.starts AND p.ends
