/** Alerts as the hub keeps them: one line from the moment it was found until the moment it was gone. */
import type { DataSource, EntityManager } from 'typeorm';
import type { Finding } from './findings.ts';

export interface KeptAlert extends Finding {
  readonly id: string;
  readonly raisedAt: Date;
  readonly clearedAt: Date | null;
}

const columns = `id, alert, about, level, words, raised_at AS "raisedAt", cleared_at AS "clearedAt"`;

/** What is found stays open or opens; what was looked for and is not found any more closes. */
export async function keepAlerts(
  loader: DataSource,
  lookedFor: readonly string[],
  findings: readonly Finding[],
): Promise<void> {
  await loader.query(
    `WITH found AS (SELECT * FROM jsonb_to_recordset($1::jsonb) AS f (alert text, about text, level text, words text)),
     gone AS (
       UPDATE ops.alert a SET cleared_at = clock_timestamp() WHERE cleared_at IS NULL AND alert = ANY ($2)
         AND NOT EXISTS (SELECT FROM found f WHERE f.alert = a.alert AND f.about = a.about))
     INSERT INTO ops.alert (alert, about, level, words) SELECT alert, about, level, words FROM found
     ON CONFLICT (alert, about) WHERE cleared_at IS NULL DO UPDATE SET words = excluded.words, level = excluded.level`,
    [JSON.stringify(findings), lookedFor],
  );
}

export async function openAlerts(source: Pick<EntityManager, 'query'>): Promise<readonly KeptAlert[]> {
  return source.query<KeptAlert[]>(
    `SELECT ${columns} FROM ops.alert WHERE cleared_at IS NULL ORDER BY level = 'urgent' DESC, raised_at, id`,
  );
}

/** Raised, or gone after it was told of, and nobody was told of that yet. */
export async function untoldAlerts(loader: DataSource): Promise<readonly KeptAlert[]> {
  return loader.query<KeptAlert[]>(
    `SELECT ${columns} FROM ops.alert
     WHERE (cleared_at IS NULL AND told_at IS NULL) OR (cleared_at IS NOT NULL AND told_at < cleared_at)
     ORDER BY level = 'urgent' DESC, id`,
  );
}

export async function markTold(loader: DataSource, told: readonly KeptAlert[]): Promise<void> {
  await loader.query('UPDATE ops.alert SET told_at = clock_timestamp() WHERE id = ANY ($1)', [
    told.map(({ id }) => id),
  ]);
}
