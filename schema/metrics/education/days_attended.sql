SELECT p.period, p.county, a.expected_days AS n, a.attended_days AS met
FROM person_period p JOIN ed_attendance a ON a.person_id = p.person_id AND a.period_start BETWEEN p.starts AND p.ends
WHERE p.identified
