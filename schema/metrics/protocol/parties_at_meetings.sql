SELECT m.person_id::text || m.held_at AS unit, p.period, m.county, k.party, k.party = ANY(m.parties) AS met
FROM mdt_meeting m JOIN period p ON m.held_at::date BETWEEN p.starts AND p.ends CROSS JOIN (SELECT DISTINCT unnest(parties) AS party FROM mdt_meeting) k
