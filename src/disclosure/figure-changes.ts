import type { DataSource } from 'typeorm';

/** Of the figures of one metric that two releases hold: how many each holds alone, and how many they give otherwise. */
export interface MetricChanges {
  readonly metric: string;
  readonly added: number;
  readonly gone: number;
  readonly changed: number;
  readonly nowHidden: number;
  readonly nowShown: number;
}

/** Nothing but what a reader of both could count; metrics of which all is the same are left out. */
export async function figureChanges(
  source: DataSource,
  before: number,
  after: number,
): Promise<readonly MetricChanges[]> {
  return source.query<MetricChanges[]>(
    `WITH a AS (SELECT * FROM release.figure WHERE release_number = $1),
          b AS (SELECT * FROM release.figure WHERE release_number = $2),
          compared AS (
            SELECT metric,
                   (count(*) FILTER (WHERE a.status IS NULL))::int AS added,
                   (count(*) FILTER (WHERE b.status IS NULL))::int AS gone,
                   (count(*) FILTER (WHERE a.status <> 'hidden' AND b.status <> 'hidden'
                      AND (a.value, a.numerator, a.denominator) IS DISTINCT FROM (b.value, b.numerator, b.denominator)))::int AS changed,
                   (count(*) FILTER (WHERE a.status <> 'hidden' AND b.status = 'hidden'))::int AS "nowHidden",
                   (count(*) FILTER (WHERE a.status = 'hidden' AND b.status <> 'hidden'))::int AS "nowShown"
            FROM a FULL JOIN b USING (metric, tbl, period, cell) GROUP BY metric)
     SELECT * FROM compared WHERE added + gone + changed + "nowHidden" + "nowShown" > 0 ORDER BY metric`,
    [before, after],
  );
}
