/** The periods that figures can have: years and quarters, and pools of years that end with each year. */
export function periodSql(knownOn: string): string {
  const pool = (kind: string, years: number): string => `
    SELECT (y - ${years - 1}) || '/' || y, '${kind}', make_date(y - ${years - 1}, 1, 1), make_date(y, 12, 31) FROM year`;
  return `
    INSERT INTO period
    WITH bound AS (
      SELECT greatest(coalesce(extract(year FROM min(decided_on))::int, 2014), 1990) AS first, extract(year FROM '${knownOn}'::date)::int AS last FROM decision),
    year AS (SELECT y, first FROM bound, generate_series(first, last) AS y),
    span (period, kind, starts, ends) AS (
      SELECT y::text, 'year', make_date(y, 1, 1), make_date(y, 12, 31) FROM year
      UNION ALL
      SELECT y || '-Q' || q, 'quarter', make_date(y, 3 * q - 2, 1), (make_date(y, 3 * q - 2, 1) + interval '3 months')::date - 1
      FROM year, generate_series(1, 4) AS q
      UNION ALL ${pool('three_years', 3)}
      UNION ALL ${pool('five_years', 5)})
    SELECT period, kind, starts, ends, ends < '${knownOn}'::date FROM span WHERE starts <= '${knownOn}'::date`;
}
