SELECT p.period, d.county, d.setting, d.identified_during AS n
FROM prevention_delivery d JOIN period p ON d.start_date BETWEEN p.starts AND p.ends WHERE d.identified_during IS NOT NULL
UNION ALL
SELECT p.period, o.county, 'detention', o.came_forward
FROM outreach_session o JOIN period p ON o.held_on BETWEEN p.starts AND p.ends WHERE o.came_forward IS NOT NULL
