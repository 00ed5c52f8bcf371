SELECT a.county AS unit, p.period, CASE WHEN a.protocol_dated >= '2018-01-01' THEN 'seven_parties'
  WHEN a.protocol_dated IS NOT NULL THEN 'five_parties' ELSE 'no_protocol' END AS law
FROM county_participation a JOIN period p ON p.kind = 'year' AND p.period = left(a.fiscal_year, 4) WHERE a.participating
