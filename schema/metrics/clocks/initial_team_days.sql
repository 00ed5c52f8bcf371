SELECT k.run AS unit, p.period, k.county,
  CASE WHEN k.stopped_at <= k.started_at + interval '2 days' THEN 'd00_02' WHEN k.stopped_at <= k.started_at + interval '5 days' THEN 'd03_05'
    WHEN k.stopped_at <= k.started_at + interval '10 days' THEN 'd06_10' WHEN k.stopped_at <= k.started_at + interval '20 days' THEN 'd11_20'
    ELSE 'd21_up' END AS days
FROM clock_run k JOIN period p ON k.started_at::date BETWEEN p.starts AND p.ends
WHERE k.clock = 'convene_initial'
