SELECT a.time AS unit, p.period, a.county, a.interviewed AS met
FROM time_missing a JOIN period p ON a.returned_on BETWEEN p.starts AND p.ends
