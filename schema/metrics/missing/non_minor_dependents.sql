SELECT r.person_id AS unit, p.period, r.county
FROM cw_placement r JOIN young_person y USING (person_id)
JOIN period p ON r.start_date <= p.ends AND coalesce(r.end_date, p.ends) >= p.starts AND y.first_identified_on <= p.ends
WHERE y.born_on + interval '18 years' <= least(coalesce(r.end_date, p.ends), p.ends)
  AND y.born_on + interval '21 years' > greatest(r.start_date, p.starts)
