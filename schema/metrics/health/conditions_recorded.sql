SELECT p.person_id AS unit, p.period, condition, EXISTS (SELECT FROM hl_encounter e
    JOIN hl_diagnosis d ON d.person_id = e.person_id AND d.agency = e.agency AND d.encounter_id = e.record_id
    WHERE e.person_id = p.person_id AND e.service_from BETWEEN p.starts AND p.ends AND starts_with(d.icd10, code)) AS met
FROM person_period p CROSS JOIN (VALUES ('post_traumatic_stress', 'F43.1'), ('suicidal_thoughts', 'R45.851')) AS named (condition, code)
WHERE p.identified
