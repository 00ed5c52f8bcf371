/** What is put to counsel. Whoever asks does not decide. */
import type { DataSource } from 'typeorm';
import { uuidOf } from '../access/named-id.ts';
import { readRows } from '../db/read-rows.ts';
import { type Claims, transaction } from '../db/transaction.ts';
import { NotFound, Refused } from '../errors.ts';

export interface Review {
  readonly id: string;
  readonly agreement: string;
  readonly reason: string;
  readonly askedAt: Date;
  readonly decision: string | null;
  readonly decidedAt: Date | null;
}

export interface AskedReview {
  readonly agreement: string;
  readonly reason: string;
  readonly person: string;
  readonly key: string;
}

export interface DecidedReview {
  readonly id: string;
  readonly decision: string;
  readonly person: string;
}

const columns = `id, agreement_id AS agreement, reason, asked_at AS "askedAt", decision, decided_at AS "decidedAt"`;

export async function reviews(
  api: DataSource,
  claims: Claims,
  page: { readonly open: boolean; readonly after?: string | undefined; readonly most: number },
): Promise<readonly Review[]> {
  return readRows<Review>(
    api,
    claims,
    `SELECT ${columns} FROM governance.agreement_review r
           WHERE (decision IS NULL OR NOT $1)
             AND ($2::uuid IS NULL OR (asked_at, id) > (SELECT asked_at, id FROM governance.agreement_review WHERE id = $2))
           ORDER BY asked_at, id LIMIT $3`,
    [page.open, page.after ?? null, page.most],
  );
}

export async function askReview(api: DataSource, claims: Claims, asked: AskedReview): Promise<Review> {
  if (asked.reason.trim() === '' || asked.reason.length > 2000)
    throw new Refused('REASON', 'A reason has 1 to 2000 characters.');
  return transaction(
    api,
    async ({ client }) => {
      const seen = await client.query('SELECT FROM governance.agreement WHERE id = $1', [asked.agreement]);
      if (seen.rowCount === 0) throw notThere();
      const id = uuidOf('review', asked.person, asked.key);
      await client.query(
        `INSERT INTO governance.agreement_review (id, agreement_id, reason, asked_by) VALUES ($1, $2, $3, $4)
         ON CONFLICT (id) DO NOTHING`,
        [id, asked.agreement, asked.reason.trim(), asked.person],
      );
      const { rows } = await client.query<Review>(
        `SELECT ${columns} FROM governance.agreement_review WHERE id = $1 AND agreement_id = $2`,
        [id, asked.agreement],
      );
      return rows[0] ?? refuse('KEY_REUSED', 'The idempotency key was used for another agreement.');
    },
    claims,
  );
}

export async function decideReview(api: DataSource, claims: Claims, decided: DecidedReview): Promise<Review> {
  return transaction(
    api,
    async ({ client }) => {
      const { rows } = await client.query<Review & { asked_by: string }>(
        `SELECT ${columns}, asked_by FROM governance.agreement_review WHERE id = $1 FOR UPDATE`,
        [decided.id],
      );
      const found = rows[0];
      if (found === undefined) throw notThere();
      if (found.asked_by === decided.person) refuse('OWN_REVIEW', 'Whoever asked does not decide.');
      if (found.decision === decided.decision) return found;
      if (found.decision !== null)
        refuse('DECIDED', 'This was decided already; ask anew to have it decided otherwise.');
      const written = await client.query<Review>(
        `UPDATE governance.agreement_review SET decision = $2, decided_at = clock_timestamp(), decided_by = $3
         WHERE id = $1 RETURNING ${columns}`,
        [decided.id, decided.decision, decided.person],
      );
      return written.rows[0] ?? refuse('NOT_FOUND', 'There is nothing here, or not for you.');
    },
    claims,
  );
}

function refuse(code: string, message: string): never {
  throw new Refused(code, message);
}

function notThere(): NotFound {
  return new NotFound('NOT_FOUND', 'There is nothing here, or not for you.');
}
