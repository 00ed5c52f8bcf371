import type { DataSource } from 'typeorm';
import { readRows } from '../db/read-rows.ts';
import type { Claims } from '../db/transaction.ts';

export interface DeliverySeen {
  readonly key: string;
  readonly agency: string;
  readonly delivery: string;
  readonly agreement: string;
  readonly kind: string;
  readonly asOf: Date;
  readonly loadedAt: Date;
}

export interface FileSeen {
  readonly delivery: string;
  readonly file: string;
  readonly record: string;
  readonly rows: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly quarantined: number;
}

/** Newest first: those of agencies that the reader's claims let them see. */
export async function deliveriesSeen(
  api: DataSource,
  claims: Claims,
  question: {
    readonly agency?: string | null | undefined;
    readonly county?: string | null | undefined;
    readonly after?: string | undefined;
    readonly most: number;
  },
): Promise<readonly DeliverySeen[]> {
  return readRows<DeliverySeen>(
    api,
    claims,
    `SELECT d.id::text AS key, d.source_agency AS agency, d.delivery_id AS delivery, d.agreement_id AS agreement,
             d.extract_kind AS kind, d.as_of AS "asOf", d.loaded_at AS "loadedAt"
           FROM ops.delivery d JOIN governance.agency a ON a.id = d.source_agency
           WHERE ($1::text IS NULL OR d.source_agency = $1) AND ($2::text IS NULL OR a.county_fips = $2)
             AND ($3::bigint IS NULL OR d.id < $3)
           ORDER BY d.id DESC LIMIT $4`,
    [question.agency ?? null, question.county ?? null, question.after ?? null, question.most],
  );
}

export async function filesOf(
  api: DataSource,
  claims: Claims,
  deliveries: readonly string[],
): Promise<readonly FileSeen[]> {
  return readRows<FileSeen>(
    api,
    claims,
    `SELECT delivery::text AS delivery, file, record, rows::float8 AS rows, accepted::float8 AS accepted,
             rejected::float8 AS rejected, quarantined::float8 AS quarantined
           FROM ops.delivery_file WHERE delivery = ANY ($1::bigint[]) ORDER BY delivery, file`,
    [deliveries],
  );
}
