SELECT a.time AS unit, p.period, a.county, a.days, a.ended
FROM time_missing a JOIN period p ON a.left_on BETWEEN p.starts AND p.ends
