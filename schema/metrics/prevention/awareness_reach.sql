SELECT p.period, e.county, e.kind, e.audience, e.reached AS n
FROM awareness_event e JOIN period p ON e.held_on BETWEEN p.starts AND p.ends WHERE e.reached IS NOT NULL
