SELECT s.person_id::text || s.need_code AS unit, p.period, s.county,
  array_to_string((string_to_array(s.need_code, '.'))[:2], '.') AS area,
  coalesce(s.accepted = 'accepted' AND s.start_date <= p.ends, false) AS met
FROM service_event s JOIN period p ON s.need_identified_at BETWEEN p.starts AND p.ends
