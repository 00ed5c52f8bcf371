SELECT s.person_id::text || need AS unit, p.period, p.county, need,
  coalesce(s.accepted = 'accepted' AND s.start_date <= y.first_identified_on + 3, false) AS met
FROM person_period p JOIN young_person y USING (person_id)
JOIN service_event s ON s.person_id = p.person_id AND s.need_identified_at BETWEEN y.first_identified_on AND y.first_identified_on + 3
CROSS JOIN LATERAL array_to_string((string_to_array(s.need_code, '.'))[:3], '.') AS need
WHERE p.newness = 'new' AND starts_with(need, 'HN.ICR.') AND need <> 'HN.ICR.BAG'
