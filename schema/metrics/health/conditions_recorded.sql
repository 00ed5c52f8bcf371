WITH named (condition, code) AS (VALUES ('post_traumatic_stress', 'F43.1'), ('suicidal_thoughts', 'R45.851')),
recorded AS (
  SELECT e.person_id, n.condition, e.service_from FROM hl_diagnosis d
  JOIN named n ON starts_with(d.icd10, n.code)
  JOIN hl_encounter e ON d.person_id = e.person_id AND d.agency = e.agency AND d.encounter_id = e.record_id)
SELECT p.person_id AS unit, p.period, n.condition, count(r.service_from) > 0 AS met
FROM person_period p CROSS JOIN named n
LEFT JOIN recorded r ON r.person_id = p.person_id AND r.condition = n.condition AND r.service_from BETWEEN p.starts AND p.ends
WHERE p.identified GROUP BY p.person_id, p.period, n.condition
