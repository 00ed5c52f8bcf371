SELECT p.person_id AS unit, p.period, p.county, area, EXISTS (SELECT FROM service_event s WHERE s.person_id = p.person_id
    AND starts_with(s.need_code, area) AND s.start_date <= p.ends AND coalesce(s.end_date, 'infinity') >= p.starts) AS met
FROM person_period p CROSS JOIN unnest(ARRAY['HN.SUP', 'HN.LEG', 'HN.VOC']) AS area
WHERE p.identified
