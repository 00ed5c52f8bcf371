SELECT p.person_id AS unit, p.period, p.county, need, EXISTS (SELECT FROM service_event s WHERE s.person_id = p.person_id
    AND starts_with(s.need_code, need) AND s.need_identified_at BETWEEN y.first_identified_on AND y.first_identified_on + 3) AS met
FROM person_period p JOIN young_person y USING (person_id)
CROSS JOIN unnest(ARRAY['HN.ICR.BAS', 'HN.ICR.INV', 'HN.ICR.SAF', 'HN.ICR.HLT', 'HN.ICR.CUS', 'HN.ICR.RAP', 'HN.ICR.ADV', 'HN.ICR.RST', 'HN.ICR.LNG', 'HN.ICR.EMO']) AS need
WHERE p.newness = 'new'
