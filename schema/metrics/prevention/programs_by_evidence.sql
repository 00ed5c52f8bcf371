SELECT a.program AS unit, p.period, a.county, a.evidence
FROM prevention_program_profile a JOIN period p ON a.valid_from <= p.ends AND coalesce(a.valid_to, 'infinity') >= p.ends
