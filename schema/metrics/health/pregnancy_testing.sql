SELECT p.person_id AS unit, p.period, p.county, EXISTS (SELECT FROM hl_encounter e
    JOIN hl_diagnosis d ON d.person_id = e.person_id AND d.agency = e.agency AND d.encounter_id = e.record_id
    WHERE e.person_id = p.person_id AND e.service_from BETWEEN p.starts AND p.ends AND starts_with(d.icd10, 'Z32.0')) AS met
FROM person_period p WHERE p.identified
