SELECT a.county AS unit, p.period, a.tier, a.participating AS met
FROM county_participation a JOIN period p ON p.kind = 'year' AND p.period = left(a.fiscal_year, 4)
