SELECT p.period, o.county, o.facility_type AS facility, o.participants AS n
FROM outreach_session o JOIN period p ON o.held_on BETWEEN p.starts AND p.ends WHERE o.participants IS NOT NULL
