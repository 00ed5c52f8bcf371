/** What is remembered of a delivery: counts by file, rejects by line and rule, findings by rule. Never a value. */
import type { PoolClient } from 'pg';
import { FIRST_REJECTS } from '../validate/outcome.ts';
import type { Arrival, TurnedAway } from './apply-record.ts';
import { waitedBefore } from './quarantine.ts';
import type { StagedDelivery } from './stage-delivery.ts';

/** What became of rows that were accepted when they were read, by the number of their file. */
export interface Later {
  readonly rejected: ReadonlyMap<number, LateRules>;
  readonly quarantined: ReadonlyMap<number, LateRules>;
}

/** By rule, how many rows of a file it keeps out, and where the first of them stand. */
export type LateRules = ReadonlyMap<string, { readonly count: number; readonly first: readonly number[] }>;

export async function laterOf(
  client: PoolClient,
  arrival: Arrival,
  staged: StagedDelivery,
  rejects: readonly TurnedAway[],
): Promise<Later> {
  const { rows } = await client.query<{ name: string; rule: string; count: string; first: number[] }>(
    `SELECT file AS name, rule, count(*) AS count, (array_agg(line ORDER BY line))[1:${FIRST_REJECTS}] AS first
     FROM events.quarantine WHERE delivery = $1 GROUP BY file, rule`,
    [arrival.delivery],
  );
  const numberOf = new Map(staged.files.map(({ name, number }) => [name, number]));
  return {
    rejected: byFile(
      [...Map.groupBy(rejects, ({ file, rule }) => `${file} ${rule}`).values()].map((of) => ({
        file: of[0]?.file ?? waitedBefore,
        rule: of[0]?.rule ?? '',
        count: of.length,
        first: of.map(({ line }) => line).slice(0, FIRST_REJECTS),
      })),
    ),
    quarantined: byFile(
      rows.map(({ name, count, ...row }) => ({
        ...row,
        file: numberOf.get(name) ?? waitedBefore,
        count: Number(count),
      })),
    ),
  };
}

function byFile(
  found: readonly { file: number; rule: string; count: number; first: readonly number[] }[],
): Map<number, LateRules> {
  const files = Map.groupBy(found, ({ file }) => file);
  return new Map([...files].map(([file, of]) => [file, new Map(of.map((late) => [late.rule, late]))]));
}

function total(rules: LateRules | undefined): number {
  return [...(rules?.values() ?? [])].reduce((sum, { count }) => sum + count, 0);
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
