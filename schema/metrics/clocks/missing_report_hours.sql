SELECT k.run AS unit, p.period, k.county,
  CASE WHEN k.stopped_at <= k.started_at + interval '2 hours' THEN 'h00_02' WHEN k.stopped_at <= k.started_at + interval '12 hours' THEN 'h02_12'
    WHEN k.stopped_at <= k.started_at + interval '24 hours' THEN 'h12_24' WHEN k.stopped_at <= k.started_at + interval '72 hours' THEN 'h24_72'
    WHEN k.stopped_at IS NOT NULL THEN 'h72_up' ELSE 'not_told' END AS hours
FROM clock_run k JOIN period p ON k.started_at::date BETWEEN p.starts AND p.ends
WHERE k.clock = 'report_missing' AND k.met IS NOT NULL
