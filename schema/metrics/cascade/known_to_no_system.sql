SELECT p.person_id AS unit, p.period, p.county,
  NOT EXISTS (SELECT FROM contact c WHERE c.person_id = p.person_id AND c.began_on <= p.ends) AS met
FROM person_period p WHERE p.identified
