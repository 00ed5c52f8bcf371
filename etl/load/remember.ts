/** What is remembered of a delivery: counts by file, rejects by line and rule, findings by rule. Never a value. */
import type { PoolClient } from 'pg';
import type { Arrival, TurnedAway } from './apply-record.ts';
import { waitedBefore } from './quarantine.ts';
import type { StagedDelivery } from './stage-delivery.ts';

/** What became of rows that were accepted when they were read, by the number of their file and the rule. */
export interface Later {
  readonly rejected: ReadonlyMap<number, ReadonlyMap<string, number>>;
  readonly quarantined: ReadonlyMap<number, ReadonlyMap<string, number>>;
}

export async function laterOf(
  client: PoolClient,
  arrival: Arrival,
  staged: StagedDelivery,
  rejects: readonly TurnedAway[],
): Promise<Later> {
  const rejected = new Map<number, Map<string, number>>();
  for (const { file, rule } of rejects) add(rejected, file, rule, 1);
  const quarantined = new Map<number, Map<string, number>>();
  const { rows } = await client.query<{ file: string; rule: string; n: string }>(
    `SELECT file, rule, count(*) AS n FROM events.quarantine WHERE delivery = $1 GROUP BY file, rule`,
    [arrival.delivery],
  );
  for (const { file, rule, n } of rows) {
    add(quarantined, staged.files.find(({ name }) => name === file)?.number ?? waitedBefore, rule, Number(n));
  }
  return { rejected, quarantined };
}

function add(counts: Map<number, Map<string, number>>, file: number, rule: string, n: number): void {
  const ofFile = counts.get(file) ?? new Map<string, number>();
  ofFile.set(rule, (ofFile.get(rule) ?? 0) + n);
  counts.set(file, ofFile);
}

function total(counts: ReadonlyMap<string, number> | undefined): number {
  return [...(counts?.values() ?? [])].reduce((sum, n) => sum + n, 0);
}

export async function keepFiles(
  client: PoolClient,
  { delivery }: Arrival,
  staged: StagedDelivery,
  later: Later,
): Promise<void> {
  for (const { number, name, record, tally } of staged.files) {
    const rejected = total(later.rejected.get(number));
    const quarantined = total(later.quarantined.get(number));
    await client.query(
      `INSERT INTO ops.delivery_file (delivery, file, record, rows, accepted, rejected, quarantined)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [
        delivery,
        name,
        record,
        tally.rows,
        tally.accepted - rejected - quarantined,
        tally.rejected + rejected,
        quarantined,
      ],
    );
    await client.query(
      `INSERT INTO ops.reject (delivery, file, line, record_id, rule, field)
       SELECT $1, $2, line, record_id, rule, field FROM ${staged.rejects} WHERE file = $3`,
      [delivery, name, number],
    );
  }
}

export async function keepFindings(
  client: PoolClient,
  arrival: Arrival,
  staged: StagedDelivery,
): Promise<void> {
  for (const { record, tally } of staged.files) {
    for (const [rule, { severity, rows }] of tally.rules) {
      if (severity === 'reject_row') continue;
      await client.query(
        `INSERT INTO ops.finding (delivery, record, rule, severity, rows) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (delivery, record, rule) DO UPDATE SET rows = finding.rows + excluded.rows`,
        [arrival.delivery, record, rule, severity, rows],
      );
    }
  }
}
