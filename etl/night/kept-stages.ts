/** How far a night is, for whoever runs the hub: a row for each stage, written when it begins and when it ends. */
import type { DataSource } from 'typeorm';
import { NIGHT_STAGES, type NightStage } from '../night-stages.ts';
import type { StageOfNight } from './stage-of-night.ts';

export async function stageBegins(
  loader: DataSource,
  run: string,
  stage: NightStage,
  attempts = 1,
): Promise<void> {
  await loader.query(
    `INSERT INTO ops.night_stage (run_id, stage, place) VALUES ($1, $2, $3)
     ON CONFLICT (run_id, stage) DO UPDATE SET outcome = 'running', ended_at = NULL, attempts = $4`,
    [run, stage, NIGHT_STAGES.indexOf(stage), attempts],
  );
}

export async function stageEnds(loader: DataSource, run: string, found: StageOfNight): Promise<void> {
  const { stage, outcome, rows_in, accepted, rejected, attempts = 1, seconds, reason } = found;
  await loader.query(
    `INSERT INTO ops.night_stage
       (run_id, stage, place, outcome, attempts, rows_in, accepted, rejected, code, started_at, ended_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, clock_timestamp() - make_interval(secs => $10), clock_timestamp())
     ON CONFLICT (run_id, stage) DO UPDATE SET outcome = excluded.outcome, attempts = excluded.attempts,
       rows_in = excluded.rows_in, accepted = excluded.accepted, rejected = excluded.rejected, code = excluded.code,
       ended_at = excluded.ended_at`,
    [
      run,
      stage,
      NIGHT_STAGES.indexOf(stage),
      outcome,
      attempts,
      rows_in,
      accepted,
      rejected,
      reason?.split(':')[0] ?? null,
      seconds,
    ],
  );
}

/** Nights that say "running" while nobody holds the night's lock were interrupted: whoever holds it says so. */
export async function closeInterrupted(loader: DataSource): Promise<void> {
  await loader.query(
    `WITH ended AS (
       UPDATE ledger.run SET outcome = 'failed', ended_at = clock_timestamp()
       WHERE kind = 'night' AND outcome = 'running' RETURNING id)
     UPDATE ops.night_stage SET outcome = 'failed', code = 'INTERRUPTED', ended_at = clock_timestamp()
     WHERE outcome = 'running' AND run_id IN (SELECT id FROM ended)`,
  );
}

export async function endIsAsked(loader: DataSource, run: string): Promise<boolean> {
  const rows = await loader.query<unknown[]>('SELECT FROM ops.night_end_asked WHERE run_id = $1', [run]);
  return rows.length > 0;
}
