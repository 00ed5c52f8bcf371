SELECT m.person_id::text || m.held_at AS unit, p.period, m.county, m.tier, m.parties @> ARRAY['PA.CW', 'PA.PRB', 'PA.MH', 'PA.SUD', 'PA.PH'] AS met
FROM mdt_meeting m JOIN period p ON m.held_at::date BETWEEN p.starts AND p.ends
