SELECT a.county AS unit, p.period, coalesce(a.plan_submitted_on <= p.starts + interval '18 months' - interval '1 day', false) AS met
FROM county_participation a JOIN period p ON p.kind = 'year' AND p.period = left(a.fiscal_year, 4) WHERE a.participating
