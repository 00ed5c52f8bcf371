/** The rules that keep a staged row out because of other rows: some reject it, some let it wait. */
import type { ClientBase } from 'pg';
import type { Contracts } from '../../src/contracts/contracts.ts';
import type { Arrival, StagedRow, TurnedAway } from './apply-record.ts';
import type { StagedRecord } from './make-current.ts';
import { quarantine, rejectWaiting } from './quarantine.ts';
import { keepingOut, rowsWith } from './stored-rules.ts';

export async function keepOut(
  client: ClientBase,
  contracts: Contracts,
  records: readonly StagedRecord[],
  asOf: string,
  arrival: Arrival,
  files: { readonly names: readonly string[]; readonly waiting: string },
): Promise<TurnedAway[]> {
  const rows = rowsWith(contracts, records, asOf);
  const rejects: TurnedAway[] = [];
  for (const record of records) {
    for (const query of keepingOut(rows, record.table.record)) {
      if (query.severity === 'quarantine') {
        await quarantine(client, record, query, arrival, files);
        continue;
      }
      const removed = await client.query<StagedRow>(
        `DELETE FROM ${record.staged} s USING (${query.sql}) b
         WHERE s.source_agency = b.source_agency AND s.source_record_id = b.source_record_id AND s.op <> 'delete'
         RETURNING s.file, s.line, s.source_record_id AS record`,
      );
      rejects.push(...removed.rows.map((row) => ({ ...row, rule: query.rule, field: null })));
    }
  }
  return rejects;
}

/** Every rule that lets rows wait says for how many nights. */
export async function rejectLongWaiting(
  client: ClientBase,
  contracts: Contracts,
  agency: string,
): Promise<void> {
  for (const { id, severity, tests } of contracts.qualityRules.values()) {
    if (severity !== 'quarantine') continue;
    const nights = Math.max(...tests.map((test) => (test.kind === 'reference' ? test.nights : 0)));
    await rejectWaiting(client, agency, id, nights);
  }
}
