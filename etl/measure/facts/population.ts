/** Of counts that agencies sent, the one in force on the middle day of a year or quarter; a pool is the sum of its years. */
export const populationSql = `
  INSERT INTO population
  WITH single AS (
    SELECT p.period, p.kind, p.ends, c.population, c.county, coalesce(c.age_band, 'all') AS age_band, coalesce(c.sex, 'all') AS sex, sum(c.n) AS n
    FROM period p JOIN denominator_count c ON p.starts + (p.ends - p.starts + 1) / 2 BETWEEN c.period_start AND c.period_end
    WHERE p.kind IN ('year', 'quarter') GROUP BY 1, 2, 3, 4, 5, 6, 7)
  SELECT period, population, county, age_band, sex, n FROM single
  UNION ALL
  SELECT p.period, s.population, s.county, s.age_band, s.sex, sum(s.n) FROM period p
  JOIN single s ON s.kind = 'year' AND s.ends BETWEEN p.starts AND p.ends
  WHERE p.kind IN ('three_years', 'five_years') GROUP BY 1, 2, 3, 4, 5
  HAVING count(DISTINCT s.period) = CASE max(p.kind) WHEN 'three_years' THEN 3 ELSE 5 END`;
