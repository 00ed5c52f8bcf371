/** Deliveries that were refused: whose, which, why, and whether the agency has sent again since. */
import type { DataSource } from 'typeorm';
import { readRows } from '../db/read-rows.ts';
import type { Claims } from '../db/transaction.ts';
import type { Refused } from '../errors.ts';

export interface RefusedDelivery {
  readonly key: string;
  readonly agency: string;
  readonly delivery: string;
  readonly asOf: Date;
  readonly code: string;
  /** What was wrong, with its file; may tell a count. */
  readonly words: string;
  readonly remedy: string | null;
  readonly refusedAt: Date;
  /** Whether something as new came and was taken since. */
  readonly sentAgain: boolean;
}

const LONGEST = 2000;

export async function keepRefusal(
  loader: DataSource,
  {
    deliveryId,
    agency,
    asOf,
  }: { readonly deliveryId: string; readonly agency: string; readonly asOf: string },
  { code, message, remedy }: Refused,
): Promise<void> {
  await loader.query(
    `INSERT INTO ops.refused_delivery (source_agency, delivery_id, as_of, code, words, remedy) VALUES ($1, $2, $3, $4, $5, $6)`,
    [agency, deliveryId, asOf, code, message.slice(0, LONGEST), remedy?.slice(0, LONGEST) ?? null],
  );
}

/** Newest first: those of agencies that the reader's claims let them see. */
export async function refusalsSeen(
  api: DataSource,
  claims: Claims,
  question: {
    readonly agency?: string | null | undefined;
    readonly after?: string | undefined;
    readonly most: number;
  },
): Promise<readonly RefusedDelivery[]> {
  return readRows<RefusedDelivery>(
    api,
    claims,
    `SELECT r.id::text AS key, r.source_agency AS agency, r.delivery_id AS delivery, r.as_of AS "asOf", r.code, r.words,
       r.remedy, r.refused_at AS "refusedAt", EXISTS (
         SELECT FROM ops.delivery d
         WHERE d.source_agency = r.source_agency AND d.as_of >= r.as_of AND d.loaded_at > r.refused_at) AS "sentAgain"
     FROM ops.refused_delivery r
     WHERE ($1::text IS NULL OR r.source_agency = $1) AND ($2::bigint IS NULL OR r.id < $2)
     ORDER BY r.id DESC LIMIT $3`,
    [question.agency ?? null, question.after ?? null, question.most],
  );
}
