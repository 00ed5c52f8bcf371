SELECT s.person_id::text || s.tool || s.screened_at AS unit, p.period, s.county, s.tool, a.system
FROM screening s JOIN agency_system a USING (agency) JOIN period p ON s.screened_at BETWEEN p.starts AND p.ends
WHERE s.outcome <> 'incomplete'
