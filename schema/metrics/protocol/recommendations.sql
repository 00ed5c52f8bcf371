SELECT DISTINCT ON (a.county, a.recommendation, p.period) a.county || ' ' || a.recommendation AS unit, p.period, a.county, a.status AS progress
FROM recommendation_status a JOIN period p ON a.as_of <= p.ends
ORDER BY a.county, a.recommendation, p.period, a.as_of DESC, a.agency, a.record_id
