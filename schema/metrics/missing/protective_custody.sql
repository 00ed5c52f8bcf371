SELECT c.person_id::text || c.taken_at AS unit, p.period, c.county, c.legal_basis AS basis
FROM cw_protective_custody c JOIN period p ON c.taken_at::date BETWEEN p.starts AND p.ends
