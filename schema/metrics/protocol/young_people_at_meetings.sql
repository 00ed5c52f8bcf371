SELECT m.person_id::text || m.held_at AS unit, p.period, m.county, m.tier, coalesce(m.youth_attended, false) AS met
FROM mdt_meeting m JOIN period p ON m.held_at::date BETWEEN p.starts AND p.ends
