/** When nights began and how they ended, for whoever asks what is due or how the last one went. */
import type { DataSource, EntityManager } from 'typeorm';
import { readRows } from '../db/read-rows.ts';
import { NotFound } from '../errors.ts';

export interface NightSeen {
  readonly run: string;
  readonly outcome: string;
  readonly requestedBy: string;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  /** The stage at which it is, or ended early, and why. */
  readonly stage: string | null;
  readonly code: string | null;
}

type Asked = Pick<EntityManager, 'query'>;

/** The database's clock is the one that every hub on it shares. */
export async function nightsBegan(
  source: DataSource,
): Promise<{ readonly now: Date; readonly began: readonly Date[] }> {
  const [row] = await readRows<{ now: Date; began: Date[] }>(
    source,
    { county: '*' },
    `SELECT clock_timestamp() AS now, ARRAY(SELECT started_at FROM ledger.run WHERE kind = 'night'
       ORDER BY started_at DESC LIMIT 50) AS began`,
  );
  if (row === undefined) throw new Error('a clock without a time');
  return row;
}

export async function lastNights(source: Asked, most = 1): Promise<readonly NightSeen[]> {
  return source.query<NightSeen[]>(
    `SELECT run.id AS run, run.outcome, run.requested_by AS "requestedBy", run.started_at AS "startedAt",
       run.ended_at AS "endedAt", last.stage, last.code
     FROM ledger.run LEFT JOIN LATERAL (
       SELECT stage, code FROM ops.night_stage WHERE run_id = run.id AND stage <> 'notify'
       ORDER BY outcome IN ('running', 'failed', 'refused') DESC, place DESC LIMIT 1) last ON true
     WHERE kind = 'night' ORDER BY run.started_at DESC LIMIT $1`,
    [most],
  );
}

/** Asks the night that runs now to end where it is; answers its run. */
export async function askNightToEnd(loader: DataSource, by: string): Promise<string> {
  const [night] = await loader.query<{ id: string }[]>(
    `SELECT id FROM ledger.run WHERE kind = 'night' AND outcome = 'running' ORDER BY started_at DESC LIMIT 1`,
  );
  if (night === undefined) throw new NotFound('NO_NIGHT', 'No night is running.');
  await loader.query(
    'INSERT INTO ops.night_end_asked (run_id, asked_by) VALUES ($1, $2) ON CONFLICT DO NOTHING',
    [night.id, by],
  );
  return night.id;
}
