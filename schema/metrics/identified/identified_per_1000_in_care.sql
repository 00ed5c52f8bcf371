SELECT p.person_id AS unit, p.period, p.county
FROM person_period p
WHERE identified AND EXISTS (SELECT FROM contact c WHERE c.person_id = p.person_id AND c.kind = 'case'
  AND c.began_on <= p.ends AND coalesce(c.ended_on, p.ends) >= p.starts)
