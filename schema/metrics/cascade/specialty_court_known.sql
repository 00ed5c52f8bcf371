SELECT q.person_id AS unit, p.period,
  EXISTS (SELECT FROM contact c WHERE c.person_id = q.person_id AND c.system = 'child_welfare' AND c.began_on < q.filed_on) AS met
FROM (SELECT person_id, min(filed_at) AS filed_on FROM pr_court WHERE specialty_court <> 'none' GROUP BY person_id) q
JOIN period p ON EXISTS (SELECT FROM pr_court r WHERE r.person_id = q.person_id AND r.specialty_court <> 'none' AND r.filed_at BETWEEN p.starts AND p.ends)
