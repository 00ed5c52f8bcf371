WITH covered AS (
  SELECT DISTINCT c.person_id, p.period, p.starts, p.ends FROM hl_coverage c JOIN period p ON c.month BETWEEN p.starts AND p.ends
  JOIN young_person y USING (person_id) WHERE extract(year FROM age(p.starts, y.born_on)) < 21),
seen AS (SELECT e.person_id, p.period, bool_or(e.program = 'smhs') AS specialty FROM hl_encounter e
  JOIN period p ON e.service_from BETWEEN p.starts AND p.ends WHERE e.program IN ('smhs', 'nsmhs') GROUP BY 1, 2)
SELECT c.person_id AS unit, c.period, 'epsdt' AS entitlement, s.person_id IS NOT NULL AS met
FROM covered c LEFT JOIN seen s USING (person_id, period)
WHERE EXISTS (SELECT FROM service_event n WHERE n.person_id = c.person_id AND starts_with(n.need_code, 'HN.MEN') AND n.need_identified_at <= c.ends)
UNION ALL
SELECT c.person_id, c.period, 'icc_ihbs', EXISTS (SELECT FROM service_event n WHERE n.person_id = c.person_id AND n.need_code = 'HN.MEN.ENT.KTA'
    AND n.start_date <= c.ends AND coalesce(n.end_date, 'infinity') >= c.starts)
  OR EXISTS (SELECT FROM hl_service h JOIN hl_encounter e ON e.person_id = h.person_id AND e.agency = h.agency AND e.record_id = h.encounter_id
    WHERE h.person_id = c.person_id AND h.need_code = 'HN.MEN.ENT.KTA' AND e.service_from BETWEEN c.starts AND c.ends)
FROM covered c JOIN seen s USING (person_id, period)
WHERE s.specialty AND EXISTS (SELECT FROM cw_case k WHERE k.person_id = c.person_id AND k.start_date <= c.ends AND coalesce(k.end_date, 'infinity') >= c.starts)
