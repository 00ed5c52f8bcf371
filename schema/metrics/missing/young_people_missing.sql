SELECT a.person_id AS unit, p.period, a.county
FROM cw_absence a JOIN period p ON a.absent_from::date <= p.ends AND coalesce(a.returned_at::date, p.ends) >= p.starts
