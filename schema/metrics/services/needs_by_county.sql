SELECT person_id::text || area AS unit, period, (array_agg(county ORDER BY found, county))[1] AS county, area,
  CASE WHEN bool_or(began IS NULL) THEN 'unmet' ELSE 'met' END AS answer
FROM (
  SELECT s.person_id, p.period, array_to_string((string_to_array(s.need_code, '.'))[:2], '.') AS area,
    min(s.need_identified_at) AS found, (array_agg(s.county ORDER BY s.need_identified_at, s.county))[1] AS county,
    min(s.start_date) FILTER (WHERE s.accepted = 'accepted' AND s.start_date BETWEEN s.need_identified_at AND p.ends) AS began
  FROM service_event s JOIN period p ON s.need_identified_at BETWEEN p.starts AND p.ends
  WHERE s.need_code !~ '^HN\.(MEN|SRH|SUD|ICR\.HLT|ICR\.EMO)(\.|$)'
  GROUP BY s.person_id, s.need_code, p.period
) need GROUP BY person_id, period, area
