SELECT c.agency || ' ' || c.staff_hash AS unit, p.period, c.county, covers AS competency
FROM training_completion c JOIN period p ON c.completed_at BETWEEN p.starts AND p.ends, unnest(c.competency) AS covers
