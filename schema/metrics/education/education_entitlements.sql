WITH eligible AS (
  SELECT s.person_id, p.period, CASE s.need_code WHEN 'HN.EDU.IEP' THEN 'IEP' WHEN 'HN.EDU.504' THEN '504' ELSE 'ERMHS' END AS entitlement
  FROM service_event s JOIN period p ON s.need_identified_at BETWEEN p.starts AND p.ends WHERE s.need_code IN ('HN.EDU.IEP', 'HN.EDU.504', 'HN.MEN.ERM')
  UNION SELECT e.person_id, p.period, CASE e.program WHEN '144' THEN 'IEP' ELSE '504' END
  FROM ed_program e JOIN period p ON e.start_date <= p.ends AND coalesce(e.end_date, 'infinity') >= p.starts WHERE e.program IN ('144', '101')
  UNION SELECT e.person_id, p.period, 'AB216' FROM ed_enrollment e JOIN period p ON e.start_date <= p.ends AND coalesce(e.exit_date, 'infinity') >= p.starts
  WHERE e.grade IN ('11', '12') AND EXISTS (SELECT FROM contact c WHERE c.person_id = e.person_id AND c.kind = 'foster_care'
    AND c.began_on <= least(p.ends, coalesce(e.exit_date, 'infinity')) AND coalesce(c.ended_on, 'infinity') >= greatest(p.starts, e.start_date)))
SELECT g.person_id AS unit, g.period, g.entitlement,
  EXISTS (SELECT FROM ed_support s WHERE s.person_id = g.person_id AND s.support = g.entitlement AND s.start_date <= p.ends AND coalesce(s.end_date, 'infinity') >= p.starts) AS met
FROM eligible g JOIN period p USING (period)
