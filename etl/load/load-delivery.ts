/** One transaction that makes a staged delivery current, or leaves everything as it was. */
import type { PoolClient } from 'pg';
import type { Contracts } from '../../src/contracts/contracts.ts';
import { recordNamed } from '../../src/contracts/lookup.ts';
import type { Delivery } from '../receive/delivery.ts';
import { type Arrival, applyRecord, type TurnedAway } from './apply-record.ts';
import { recordArrival, refuseOutdated } from './arrival.ts';
import { keepOut, rejectLongWaiting } from './keep-out.ts';
import { pairTokens } from './pair-tokens.ts';
import { giveBack, rejectForgotten, rejectReplaced, stageWaiting, takeWaiting } from './quarantine.ts';
import { type RecordTable, recordTable } from './record-table.ts';
import { hasUnnamedRejects, rejectedRecords, stageRejects } from './rejects.ts';
import { keepFiles, keepFindings, type Later, laterOf } from './remember.ts';
import type { StagedDelivery } from './stage-delivery.ts';
import { createStaging, stagingTable } from './staging.ts';
import { agencyBlock } from './surrogate.ts';

export async function loadDelivery(
  client: PoolClient,
  delivery: Delivery,
  staged: StagedDelivery,
  contracts: Contracts,
  surrogateKey: Uint8Array,
): Promise<Later> {
  const { manifest } = delivery;
  // Deliveries of one agency become current one after the other; those of others do not wait.
  await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('tessera intake ' || $1, 0))`, [
    manifest.agency,
  ]);
  await refuseOutdated(client, delivery);
  const arrival = await recordArrival(client, delivery);
  const waiting = stagingTable(staged.mark, 'waiting');
  const records = await withWaiting(client, contracts, staged, arrival, waiting);
  for (const record of records) {
    if (record.table.schema === 'linkage')
      record.staged = await pairTokens(client, record, agencyBlock(surrogateKey, manifest.agency));
  }
  const names = staged.files.map((file) => file.name);
  const rejects = await keepOut(client, contracts, records, manifest.asOf, arrival, { names, waiting });
  for (const record of records) {
    const came = await cameAndStay(client, staged.rejects, record, rejects, arrival);
    rejects.push(
      ...(await applyRecord(client, record, { ...arrival, full: came.complete && arrival.full }, came.ids)),
    );
    await giveBack(client, record, arrival, waiting);
  }
  await stageRejects(client, staged.rejects, rejects);
  await rejectReplaced(client, waiting, staged.rejects);
  const later = await laterOf(client, arrival, staged, rejects);
  await keepFiles(client, arrival, staged, later);
  await keepFindings(client, arrival, staged);
  await rejectLongWaiting(client, contracts, manifest.agency);
  return later;
}

interface LoadedRecord {
  readonly table: RecordTable;
  staged: string;
  readonly files: readonly number[];
}

/** The staged records, and those of which rows wait from before; what waits is staged once more. */
async function withWaiting(
  client: PoolClient,
  contracts: Contracts,
  staged: StagedDelivery,
  arrival: Arrival,
  waiting: string,
): Promise<LoadedRecord[]> {
  const records: LoadedRecord[] = staged.records.map((record) => ({ ...record }));
  for (const name of await takeWaiting(client, arrival.agency, waiting)) {
    let record = records.find(({ table }) => table.record === name);
    if (record !== undefined && arrival.full) {
      await rejectForgotten(client, waiting, name);
      continue;
    }
    if (record === undefined) {
      const table = recordTable(recordNamed(contracts, name));
      record = { table, staged: stagingTable(staged.mark, name), files: [] };
      await createStaging(client, record.staged, [{ name: 'line', type: 'integer' }, ...table.columns]);
      records.push(record);
    }
    await stageWaiting(client, record, waiting);
  }
  return records;
}

/** The records of rejected and waiting rows: they came, so a full delivery does not take them for gone. */
async function cameAndStay(
  client: PoolClient,
  rejects: string,
  { table, files }: LoadedRecord,
  late: readonly TurnedAway[],
  arrival: Arrival,
): Promise<{ ids: string[]; complete: boolean }> {
  const ids = await rejectedRecords(client, rejects, files);
  const { rows } = await client.query<{ id: string }>(
    `SELECT row ->> 'source_record_id' AS id FROM events.quarantine WHERE delivery = $1 AND record = $2`,
    [arrival.delivery, table.record],
  );
  ids.push(...rows.map((row) => row.id));
  for (const { file, record } of late) if (files.includes(file) && record !== null) ids.push(record);
  // A rejected row that names no record may be any of those that seem to be gone: then none is taken for gone.
  return { ids, complete: files.length > 0 && !(await hasUnnamedRejects(client, rejects, files)) };
}
