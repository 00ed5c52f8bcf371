SELECT s.person_id AS unit, p.period, s.county,
  EXISTS (SELECT FROM pr_detention d WHERE d.person_id = s.person_id AND d.status = 'post_disposition'
    AND d.booked_at::date <= p.ends AND coalesce(d.released_at::date, p.ends) >= p.starts)
  OR EXISTS (SELECT FROM cw_placement r WHERE r.person_id = s.person_id AND r.placement_type = 'PL.CTF'
    AND r.start_date <= p.ends AND coalesce(r.end_date, p.ends) >= p.starts) AS met
FROM pr_supervision s JOIN young_person y ON y.person_id = s.person_id
JOIN period p ON s.start_date <= p.ends AND coalesce(s.end_date, p.ends) >= p.starts AND y.first_identified_on <= p.ends
