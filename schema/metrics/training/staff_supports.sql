SELECT DISTINCT ON (a.agency, a.county, a.party, a.support, p.period) a.agency || ' ' || a.county || ' ' || a.party AS unit, p.period, a.county, a.support, a.in_place AS met
FROM staff_wellbeing a JOIN period p ON a.period_end BETWEEN p.starts AND p.ends
ORDER BY a.agency, a.county, a.party, a.support, p.period, a.period_end DESC, a.record_id
