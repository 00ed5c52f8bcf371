SELECT p.period, a.county, a.activity, a.n
FROM demand_activity a JOIN period p ON a.period_end BETWEEN p.starts AND p.ends
