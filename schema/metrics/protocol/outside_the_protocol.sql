SELECT p.period, a.county, a.population, a.n
FROM outside_protocol_count a JOIN period p ON a.period_end BETWEEN p.starts AND p.ends
