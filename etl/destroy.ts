/** Destroys what came under agreements whose retention is over: a stage of its own for each agreement, on record. */
import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { transaction } from '../src/db/transaction.ts';
import { closeRun, openRun, performStage } from '../src/runs/ledger.ts';

export interface DestroyRequest {
  readonly loader: DataSource;
  readonly requestedBy: string;
}

export interface Destroyed {
  readonly agreements: readonly string[];
  readonly rows: number;
}

interface Due {
  readonly agreement: string;
  readonly terms_version: number;
  readonly due_on: string;
}

/** The database looks at the terms itself, and destroys nothing that is not due. */
export async function destroyDue({ loader, requestedBy }: DestroyRequest): Promise<Destroyed> {
  const due = await loader.query<Due[]>(
    'SELECT agreement, terms_version, due_on::text FROM ops.due_for_destruction()',
  );
  if (due.length === 0) return { agreements: [], rows: 0 };
  const run = await openRun(loader, 'destroy', requestedBy);
  try {
    let total = 0;
    for (const one of due) {
      const inputHash = createHash('sha256').update(JSON.stringify(one)).digest('hex');
      const { rowsIn } = await performStage(loader, { run, name: 'destroy', inputHash }, (progress) =>
        transaction(loader, async ({ client }) => {
          // Who is one person is not looked at meanwhile.
          await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('tessera linkage', 0))`);
          const { rows } = await client.query<{ rows: string }>('SELECT ops.destroy_under($1, $2) AS rows', [
            one.agreement,
            run,
          ]);
          const counts = { rowsIn: Number(rows[0]?.rows), accepted: Number(rows[0]?.rows), rejected: 0 };
          await progress.succeed(client, counts);
          return counts;
        }),
      );
      total += rowsIn;
    }
    await closeRun(loader, run, 'succeeded');
    return { agreements: due.map(({ agreement }) => agreement), rows: total };
  } catch (error) {
    await closeRun(loader, run, 'failed');
    throw error;
  }
}
