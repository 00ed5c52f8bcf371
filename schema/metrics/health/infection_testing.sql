SELECT p.person_id AS unit, p.period, p.county, EXISTS (SELECT FROM hl_encounter e WHERE e.person_id = p.person_id AND e.service_from BETWEEN p.starts AND p.ends
    AND (EXISTS (SELECT FROM hl_service s WHERE s.person_id = e.person_id AND s.agency = e.agency AND s.encounter_id = e.record_id
          AND s.need_code IN ('HN.SRH.STI', 'HN.SRH.HIV', 'HN.SRH.PEP', 'HN.ICR.HLT.MED.STI', 'HN.ICR.HLT.MED.PEP'))
      OR EXISTS (SELECT FROM hl_diagnosis d WHERE d.person_id = e.person_id AND d.agency = e.agency AND d.encounter_id = e.record_id
          AND d.icd10 IN ('Z11.3', 'Z20.2', 'Z20.6')))) AS met
FROM person_period p WHERE p.identified
