SELECT m.person_id AS unit, p.period, m.county, m.safety_plan <> 'none' AS met
FROM mdt_meeting m JOIN period p ON m.held_at::date BETWEEN p.starts AND p.ends
