import type { DataSource } from 'typeorm';
import type { IntakeReport, RuleLine } from '../intake-report.ts';
import type { Delivery } from '../receive/delivery.ts';

/** What a delivery that came before had come to, told again. */
export async function earlierReport(loader: DataSource, { manifest }: Delivery): Promise<IntakeReport> {
  const files = await loader.query<
    {
      file: string;
      record: string;
      rows: string;
      accepted: string;
      rejected: string;
      quarantined: string;
      rules: RuleLine[];
    }[]
  >(
    `SELECT f.file, f.record, f.rows, f.accepted, f.rejected, f.quarantined,
       (SELECT coalesce(json_agg(json_build_object('rule', rule, 'severity', 'reject_row', 'count', n) ORDER BY rule), '[]')
        FROM (SELECT rule, count(DISTINCT line) AS n FROM ops.reject r
              WHERE r.delivery = f.delivery AND r.file = f.file GROUP BY rule) counted) AS rules
     FROM ops.delivery_file f JOIN ops.delivery d ON d.id = f.delivery
     WHERE d.source_agency = $1 AND d.delivery_id = $2 ORDER BY f.file`,
    [manifest.agency, manifest.deliveryId],
  );
  return {
    outcome: 'unchanged',
    delivery: manifest.deliveryId,
    files: files.map(({ file, record, rows, accepted, rejected, quarantined, rules }) => ({
      file,
      record,
      rows: Number(rows),
      accepted: Number(accepted),
      rejected: Number(rejected),
      quarantined: Number(quarantined),
      rules,
    })),
  };
}

/** Rows of the same feed in the newest deliveries of the same kind. */
export async function usualRows(
  loader: DataSource,
  { manifest }: Delivery,
  record: string,
): Promise<number[]> {
  const rows = await loader.query<{ rows: string }[]>(
    `SELECT sum(f.rows) AS rows FROM ops.delivery_file f JOIN ops.delivery d ON d.id = f.delivery
     WHERE d.source_agency = $1 AND d.extract_kind = $2 AND f.record = $3
     GROUP BY d.id ORDER BY d.id DESC LIMIT 28`,
    [manifest.agency, manifest.kind, record],
  );
  return rows.map((row) => Number(row.rows));
}
