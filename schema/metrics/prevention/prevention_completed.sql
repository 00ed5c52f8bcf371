SELECT p.period, d.county, d.program, d.participants AS n, d.completers AS met
FROM prevention_delivery d JOIN period p ON d.start_date BETWEEN p.starts AND p.ends WHERE d.participants IS NOT NULL AND d.completers IS NOT NULL
