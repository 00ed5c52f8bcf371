SELECT DISTINCT ON (a.agency, a.county, a.party, a.role, p.period) p.period, a.county, a.role, a.n_in_role AS n, a.n_trained AS met
FROM training_coverage_count a JOIN period p ON a.period_end BETWEEN p.starts AND p.ends
ORDER BY a.agency, a.county, a.party, a.role, p.period, a.period_end DESC, a.record_id
