/** Jobs that people ask for over the API. They lie in the database until they are done, so that a hub that stops loses none. */
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
    };

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

/** One that was begun and not ended was interrupted: whatever it does, it does once. */
export async function beginNextJob(api: DataSource): Promise<AskedJob | undefined> {
  return transaction(
    api,
    async ({ client }) =>
      (
        await client.query<AskedJob>(
          `UPDATE ops.asked_job SET begun_at = clock_timestamp()
           WHERE id = (SELECT id FROM ops.asked_job WHERE ended_at IS NULL ORDER BY asked_at, id LIMIT 1)
           RETURNING ${columns}`,
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
