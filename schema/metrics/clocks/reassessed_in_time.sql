SELECT k.run AS unit, p.period, k.county, k.met
FROM clock_run k JOIN period p ON k.started_at::date BETWEEN p.starts AND p.ends
WHERE k.clock = 'reassess' AND k.met IS NOT NULL
