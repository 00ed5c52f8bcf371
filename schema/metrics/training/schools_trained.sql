SELECT DISTINCT ON (a.agency, a.county, a.region, a.school_level, p.period) p.period, a.county, a.school_level AS level, a.schools AS n, a.schools_trained AS met
FROM school_awareness_count a JOIN period p ON a.period_end BETWEEN p.starts AND p.ends
ORDER BY a.agency, a.county, a.region, a.school_level, p.period, a.period_end DESC, a.record_id
