/**
 * The run ledger. Everything the hub does to data is a stage of a run: with the hash of its input, its counts,
 * its times and its outcome. A stage that has succeeded with an input is not done again with the same input.
 */
import { randomUUID } from 'node:crypto';
import type { ClientBase, PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { Held, Refused, TesseraError } from '../errors.ts';
import type { RunOutcome } from './run.entity.ts';
import type { StageOutcome } from './stage.entity.ts';

export interface Counts {
  readonly rowsIn: number;
  readonly accepted: number;
  readonly rejected: number;
}

export interface StageResult extends Counts {
  readonly outcome: Extract<StageOutcome, 'succeeded' | 'unchanged'>;
}

export interface StageInProgress {
  /** Counts so far, readable by others while the stage runs. */
  report(counts: Counts): Promise<void>;
  /**
   * Marks the stage done inside the transaction that makes its effect current, so that a crash leaves both or
   * neither. A stage that does not call it is marked when its work returns.
   */
  succeed(client: ClientBase, counts: Counts): Promise<void>;
}

export async function openRun(source: DataSource, kind: string, requestedBy: string): Promise<string> {
  const id = randomUUID();
  await source.query('INSERT INTO ledger.run (id, kind, requested_by) VALUES ($1, $2, $3)', [
    id,
    kind,
    requestedBy,
  ]);
  return id;
}

export async function closeRun(
  source: DataSource,
  run: string,
  outcome: Exclude<RunOutcome, 'running'>,
): Promise<void> {
  await source.query('UPDATE ledger.run SET outcome = $2, ended_at = clock_timestamp() WHERE id = $1', [
    run,
    outcome,
  ]);
}

export async function performStage(
  source: DataSource,
  stage: { readonly run: string; readonly name: string; readonly inputHash: string },
  work: (progress: StageInProgress) => Promise<Counts>,
): Promise<StageResult> {
  const runner = source.createQueryRunner();
  const client = (await runner.connect()) as PoolClient;
  try {
    const done = await alreadyDone(client, stage.name, stage.inputHash);
    if (done !== undefined) {
      await recordUnchanged(client, stage, done);
      return { ...done, outcome: 'unchanged' };
    }
    const id = await begin(client, stage);
    return await carryOut(client, id, work);
  } finally {
    // Closing every advisory lock of this connection says, even after a crash, that nobody runs the stage now.
    await client.query('SELECT pg_advisory_unlock_all()').catch(() => {});
    await runner.release();
  }
}

async function carryOut(
  client: PoolClient,
  id: string,
  work: (progress: StageInProgress) => Promise<Counts>,
): Promise<StageResult> {
  let marked = false;
  try {
    const counts = await work({
      report: (soFar) => setCounts(client, id, soFar),
      async succeed(transactionClient, final) {
        await finish(transactionClient, id, 'succeeded', final);
        marked = true;
      },
    });
    if (!marked) await finish(client, id, 'succeeded', counts);
    return { ...counts, outcome: 'succeeded' };
  } catch (error) {
    await fail(client, id, error);
    throw error;
  }
}

async function alreadyDone(client: ClientBase, name: string, inputHash: string): Promise<Counts | undefined> {
  const { rows } = await client.query<{ rows_in: string; accepted: string; rejected: string }>(
    `SELECT rows_in, accepted, rejected FROM ledger.stage
     WHERE name = $1 AND input_hash = $2 AND outcome = 'succeeded'`,
    [name, inputHash],
  );
  const row = rows[0];
  if (row === undefined) return undefined;
  return { rowsIn: Number(row.rows_in), accepted: Number(row.accepted), rejected: Number(row.rejected) };
}

async function recordUnchanged(
  client: ClientBase,
  stage: { run: string; name: string; inputHash: string },
  counts: Counts,
): Promise<void> {
  await client.query(
    `INSERT INTO ledger.stage (run_id, name, input_hash, outcome, ended_at, rows_in, accepted, rejected)
     VALUES ($1, $2, $3, 'unchanged', clock_timestamp(), $4, $5, $6)`,
    [stage.run, stage.name, stage.inputHash, counts.rowsIn, counts.accepted, counts.rejected],
  );
}

/** The lock lives as long as this connection: a running stage whose lock is free was interrupted. */
async function begin(
  client: PoolClient,
  stage: { run: string; name: string; inputHash: string },
): Promise<string> {
  const { rows } = await client.query<{ locked: boolean }>(
    'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS locked',
    [lockName(stage.name, stage.inputHash)],
  );
  if (rows[0]?.locked !== true) {
    throw new Held(
      'STAGE_RUNNING',
      `The stage ${stage.name} is being done with this input by another process.`,
      {
        remedy: 'Wait for it; `npx tessera status` shows how far it is.',
      },
    );
  }
  await client.query(
    `UPDATE ledger.stage SET outcome = 'interrupted', ended_at = clock_timestamp()
     WHERE name = $1 AND input_hash = $2 AND outcome = 'running'`,
    [stage.name, stage.inputHash],
  );
  const inserted = await client.query<{ id: string }>(
    'INSERT INTO ledger.stage (run_id, name, input_hash) VALUES ($1, $2, $3) RETURNING id',
    [stage.run, stage.name, stage.inputHash],
  );
  const id = inserted.rows[0]?.id;
  if (id === undefined) throw new Error('an insert that returned no row');
  return id;
}

function lockName(name: string, inputHash: string): string {
  return `tessera stage ${name} ${inputHash}`;
}

async function setCounts(client: ClientBase, id: string, counts: Counts): Promise<void> {
  await client.query('UPDATE ledger.stage SET rows_in = $2, accepted = $3, rejected = $4 WHERE id = $1', [
    id,
    counts.rowsIn,
    counts.accepted,
    counts.rejected,
  ]);
}

async function finish(client: ClientBase, id: string, outcome: 'succeeded', counts: Counts): Promise<void> {
  await client.query(
    `UPDATE ledger.stage SET outcome = $2, ended_at = clock_timestamp(), rows_in = $3, accepted = $4, rejected = $5
     WHERE id = $1`,
    [id, outcome, counts.rowsIn, counts.accepted, counts.rejected],
  );
}

async function fail(client: ClientBase, id: string, error: unknown): Promise<void> {
  const outcome: StageOutcome = error instanceof Refused ? 'refused' : 'failed';
  const code = error instanceof TesseraError ? error.code : 'DEFECT';
  // The connection may be what failed; then the stage stays "running" without a lock, which reads as interrupted.
  await client
    .query(
      `UPDATE ledger.stage SET outcome = $2, error_code = $3, ended_at = clock_timestamp()
       WHERE id = $1 AND outcome = 'running'`,
      [id, outcome, code],
    )
    .catch(() => {});
}
