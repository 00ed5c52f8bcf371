import type { EntityManager } from 'typeorm';

export interface StageLine {
  readonly stage: string;
  readonly outcome: string;
  readonly rowsIn: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly seconds: number | null;
  readonly errorCode: string | null;
}

export interface RunLine {
  readonly id: string;
  readonly kind: string;
  readonly outcome: string;
  readonly startedAt: string;
  readonly stages: readonly StageLine[];
}

/** The newest runs with their stages. A stage that nobody is doing any more reads as interrupted. */
export async function recentRuns(
  source: Pick<EntityManager, 'query'>,
  most = 10,
): Promise<readonly RunLine[]> {
  const rows = await source.query<{ run: RunLine }[]>(
    `SELECT json_build_object('id', run.id, 'kind', run.kind, 'outcome', run.outcome, 'startedAt', run.started_at,
       'stages', coalesce((
         SELECT json_agg(json_build_object(
           'stage', stage.name,
           'outcome', CASE WHEN stage.outcome = 'running' AND NOT EXISTS (
               SELECT FROM pg_locks
               WHERE locktype = 'advisory' AND objsubid = 1 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                 AND (classid::bigint << 32 | objid::bigint) =
                   hashtextextended('tessera stage ' || stage.name || ' ' || stage.input_hash, 0))
             THEN 'interrupted' ELSE stage.outcome END,
           'rowsIn', stage.rows_in, 'accepted', stage.accepted, 'rejected', stage.rejected,
           'seconds', round(extract(epoch FROM stage.ended_at - stage.started_at), 3),
           'errorCode', stage.error_code) ORDER BY stage.id)
         FROM ledger.stage WHERE stage.run_id = run.id), (
         SELECT json_agg(json_build_object(
           'stage', night.stage, 'outcome', night.outcome, 'rowsIn', night.rows_in, 'accepted', night.accepted,
           'rejected', night.rejected, 'seconds', round(extract(epoch FROM night.ended_at - night.started_at), 3),
           'errorCode', night.code) ORDER BY night.place)
         FROM ops.night_stage night WHERE night.run_id = run.id), '[]')) AS run
     FROM ledger.run ORDER BY run.started_at DESC, run.id LIMIT $1`,
    [most],
  );
  return rows.map((row) => row.run);
}
