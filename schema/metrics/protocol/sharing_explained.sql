SELECT m.person_id::text || m.held_at AS unit, p.period, m.county, m.tier, m.confidentiality_script_read AS met
FROM mdt_meeting m JOIN period p ON m.held_at::date BETWEEN p.starts AND p.ends WHERE m.confidentiality_script_read IS NOT NULL
