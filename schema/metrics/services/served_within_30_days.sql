SELECT s.person_id::text || s.need_code AS unit, p.period, min(s.county) AS county,
  array_to_string((string_to_array(s.need_code, '.'))[:2], '.') AS area,
  coalesce(min(s.start_date) FILTER (WHERE s.accepted = 'accepted' AND s.start_date >= s.need_identified_at), known_on) - min(s.need_identified_at) AS days,
  count(s.start_date) FILTER (WHERE s.accepted = 'accepted' AND s.start_date >= s.need_identified_at) > 0 AS ended
FROM service_event s JOIN period p ON s.need_identified_at BETWEEN p.starts AND p.ends
CROSS JOIN known
WHERE s.need_identified_at <= known_on GROUP BY s.person_id, s.need_code, p.period, known_on
