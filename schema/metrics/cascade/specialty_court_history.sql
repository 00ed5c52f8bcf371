SELECT q.person_id AS unit, p.period, q.court,
  CASE WHEN EXISTS (SELECT FROM cw_case c WHERE c.person_id = q.person_id AND c.start_date < q.filed_on AND c.court_status IN ('300', '241_1')) THEN 'dependency'
    WHEN EXISTS (SELECT FROM cw_case c WHERE c.person_id = q.person_id AND c.start_date < q.filed_on AND c.court_status = 'voluntary') THEN 'voluntary'
    WHEN (SELECT count(DISTINCT r.referral_received_at::date) FROM cw_referral r WHERE r.person_id = q.person_id AND r.referral_received_at::date < q.filed_on) > 1
      AND NOT EXISTS (SELECT FROM contact c WHERE c.person_id = q.person_id AND c.system = 'child_welfare' AND c.kind <> 'referral' AND c.began_on < q.filed_on)
      THEN 'unsubstantiated'
    WHEN EXISTS (SELECT FROM contact c WHERE c.person_id = q.person_id AND c.system = 'child_welfare' AND c.began_on < q.filed_on) THEN 'residual'
    ELSE 'none' END AS history
FROM (SELECT person_id, min(filed_at) AS filed_on, (array_agg(specialty_court ORDER BY filed_at, agency))[1] AS court
  FROM pr_court WHERE specialty_court <> 'none' GROUP BY person_id) q
JOIN period p ON EXISTS (SELECT FROM pr_court r WHERE r.person_id = q.person_id AND r.specialty_court <> 'none' AND r.filed_at BETWEEN p.starts AND p.ends)
