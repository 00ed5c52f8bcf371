SELECT k.run AS unit, p.period, k.county, k.met
FROM (
  SELECT DISTINCT ON (person_id) * FROM clock_run WHERE clock = 'medical_evaluation' ORDER BY person_id, started_at, agency) k JOIN period p ON k.started_at::date BETWEEN p.starts AND p.ends
WHERE k.met IS NOT NULL
