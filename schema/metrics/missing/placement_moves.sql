SELECT r.person_id AS unit, p.period,
  CASE WHEN count(DISTINCT r.start_date) = 1 THEN 'n1' WHEN count(DISTINCT r.start_date) = 2 THEN 'n2'
    WHEN count(DISTINCT r.start_date) <= 4 THEN 'n3_4' ELSE 'n5_up' END AS placements
FROM cw_placement r JOIN period p ON r.start_date BETWEEN p.starts AND p.ends GROUP BY r.person_id, p.period
