WITH need AS MATERIALIZED (
  SELECT s.*, array_to_string((string_to_array(s.need_code, '.'))[:2], '.') AS area,
    (SELECT min(r.start_date) FROM service_event r WHERE r.person_id = s.person_id AND r.need_code = s.need_code
      AND r.accepted = 'accepted' AND r.start_date >= s.need_identified_at) AS met_on
  FROM service_event s)
SELECT s.person_id::text || s.need_code AS unit, p.period, s.county, s.area, step
FROM need s JOIN period p ON s.need_identified_at BETWEEN p.starts AND p.ends
CROSS JOIN LATERAL (VALUES
  ('found', true),
  ('offered', s.offered_at <= p.ends),
  ('accepted', s.accepted = 'accepted'),
  ('declined', s.accepted = 'declined'),
  ('received', s.accepted = 'accepted' AND s.start_date <= p.ends),
  ('unmet', coalesce(s.met_on > p.ends, true))) AS reached (step, yes)
WHERE yes
