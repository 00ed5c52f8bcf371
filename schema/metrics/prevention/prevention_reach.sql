SELECT p.period, d.county, d.program, d.setting, d.audience, d.participants AS n
FROM prevention_delivery d JOIN period p ON d.start_date BETWEEN p.starts AND p.ends WHERE d.participants IS NOT NULL
