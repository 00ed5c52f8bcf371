SELECT q.person_id AS unit, p.period,
  NOT EXISTS (SELECT FROM pr_charge c WHERE c.person_id = q.person_id AND c.statute IN ('PC 647(b)', 'PC 653.22') AND c.offense_date <= p.ends) AS met
FROM (SELECT DISTINCT person_id, filed_at FROM pr_court WHERE specialty_court <> 'none') q
JOIN period p ON q.filed_at BETWEEN p.starts AND p.ends
