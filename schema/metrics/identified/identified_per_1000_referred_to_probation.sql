SELECT p.person_id AS unit, p.period, p.county
FROM person_period p
WHERE identified AND EXISTS (SELECT FROM contact c WHERE c.person_id = p.person_id AND c.system = 'probation' AND c.kind = 'referral'
  AND c.began_on BETWEEN p.starts AND p.ends)
