/** Jobs that people ask for over the API. They lie in the database until they are done, so that a hub that stops loses none. */
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { readRows } from '../db/read-rows.ts';
import { type Claims, transaction } from '../db/transaction.ts';
import { NotFound, Refused } from '../errors.ts';

export type Job =
  | { readonly job: 'night'; readonly arguments: { readonly from?: string; readonly until?: string } }
  | { readonly job: 'release'; readonly arguments: { readonly period: string; readonly corrects?: number } }
  | { readonly job: 'withdrawal'; readonly arguments: { readonly number: number; readonly because: string } }
  /** The files of an edition that was put to review; the round, since each has files of its own. */
  | {
      readonly job: 'report';
      readonly arguments: { readonly edition: string; readonly county: string; readonly round: number };
    }
  /** The bundle of an approved request; of the newest release, unless one is named. */
  | { readonly job: 'dataset'; readonly arguments: { readonly request: string; readonly release?: number } };

export type AskedJob = Job & {
  readonly id: string;
  readonly askedBy: string;
  readonly askedAt: Date;
  readonly begunAt: Date | null;
  readonly endedAt: Date | null;
  readonly outcome: 'done' | 'refused' | 'failed' | null;
  /** The code of what stopped it. */
  readonly code: string | null;
};

const columns = `id, job, arguments, asked_by AS "askedBy", asked_at AS "askedAt", begun_at AS "begunAt",
  ended_at AS "endedAt", outcome, code`;
/** The hub works for everybody. */
const everywhere: Claims = { county: '*' };

/** Asked again with the id of an earlier time, it answers how that one stands. */
export async function askJob(
  api: DataSource,
  claims: Claims,
  asked: { readonly id: string; readonly job: Job; readonly by: string },
): Promise<AskedJob> {
  const { job, arguments: given } = asked.job;
  return transaction(
    api,
    async ({ client }) => {
      await client.query(
        `INSERT INTO ops.asked_job (id, job, arguments, asked_by) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING`,
        [asked.id, job, JSON.stringify(given), asked.by],
      );
      const { rows } = await client.query<AskedJob>(
        `SELECT ${columns} FROM ops.asked_job WHERE id = $1 AND job = $2 AND arguments = $3`,
        [asked.id, job, JSON.stringify(given)],
      );
      const [found] = rows;
      if (found === undefined)
        throw new Refused('KEY_REUSED', 'The idempotency key was used for something else.');
      return found;
    },
    claims,
  );
}

export async function jobSeen(api: DataSource, claims: Claims, id: string): Promise<AskedJob> {
  const [found] = await readRows<AskedJob>(
    api,
    claims,
    `SELECT ${columns} FROM ops.asked_job WHERE id = $1`,
    [id],
  );
  if (found === undefined) throw new NotFound('NOT_FOUND', 'There is nothing here, or not for you.');
  return found;
}

export interface BegunJob {
  readonly job: AskedJob;
  /** Lets the next one have it, if it did not end. */
  readonly release: () => Promise<void>;
}

/**
 * The first that nobody is doing. Whoever does one holds a lock for as long as their connection lives: one that was begun
 * and not ended, and whose lock is free, was interrupted, and whatever it does, it does once.
 */
export async function beginNextJob(api: DataSource): Promise<BegunJob | undefined> {
  const passed: string[] = [];
  for (;;) {
    const [next] = await waitingJob(api, passed);
    if (next === undefined) return undefined;
    const taken = await take(api, next);
    if (taken !== undefined) return taken;
    passed.push(next);
  }
}

/** Keeps a connection only with the lock: looking on while holding one would let many hubs use a pool up. */
async function take(api: DataSource, id: string): Promise<BegunJob | undefined> {
  const runner = api.createQueryRunner();
  const lock = (await runner.connect()) as PoolClient;
  const release = async (): Promise<void> => {
    await lock.query('SELECT pg_advisory_unlock_all()').catch(() => {});
    await runner.release();
  };
  try {
    const { rows } = await lock.query<{ locked: boolean }>(
      `SELECT pg_try_advisory_lock(hashtextextended('tessera job ' || $1, 0)) AS locked`,
      [id],
    );
    const job = rows[0]?.locked === true ? await begun(api, id) : undefined;
    if (job !== undefined) return { job, release };
  } catch (error) {
    await release();
    throw error;
  }
  await release();
  return undefined;
}

async function waitingJob(api: DataSource, passed: readonly string[]): Promise<readonly string[]> {
  return transaction(
    api,
    async ({ client }) =>
      (
        await client.query<{ id: string }>(
          `SELECT id FROM ops.asked_job WHERE ended_at IS NULL AND id <> ALL ($1::uuid[])
           ORDER BY asked_at, id LIMIT 1 FOR UPDATE SKIP LOCKED`,
          [passed],
        )
      ).rows.map(({ id }) => id),
    everywhere,
  );
}

/** Nothing, if it ended between the look and the lock. */
async function begun(api: DataSource, id: string): Promise<AskedJob | undefined> {
  return transaction(
    api,
    async ({ client }) =>
      (
        await client.query<AskedJob>(
          `UPDATE ops.asked_job SET begun_at = clock_timestamp() WHERE id = $1 AND ended_at IS NULL RETURNING ${columns}`,
          [id],
        )
      ).rows[0],
    everywhere,
  );
}

export async function endJob(
  api: DataSource,
  id: string,
  { outcome, code }: Pick<AskedJob, 'outcome' | 'code'>,
): Promise<void> {
  await transaction(
    api,
    ({ client }) =>
      client.query(
        'UPDATE ops.asked_job SET ended_at = clock_timestamp(), outcome = $2, code = $3 WHERE id = $1',
        [id, outcome, code],
      ),
    everywhere,
  );
}
