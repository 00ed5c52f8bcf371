/** One transaction that makes a staged delivery current, or leaves everything as it was. */
import type { PoolClient } from 'pg';
import type { Contracts } from '../../src/contracts/contracts.ts';
import { recordNamed } from '../../src/contracts/lookup.ts';
import { Refused } from '../../src/errors.ts';
import type { Delivery } from '../receive/delivery.ts';
import { type Arrival, applyRecord, type TurnedAway } from './apply-record.ts';
import { keepOut, rejectLongWaiting } from './keep-out.ts';
import { pairTokens } from './pair-tokens.ts';
import { forgetWaiting, giveBack, stageWaiting, takeWaiting, waitedBefore } from './quarantine.ts';
import { type RecordTable, recordTable } from './record-table.ts';
import { hasUnnamedRejects, rejectedRecords, stageRejects } from './rejects.ts';
import type { StagedDelivery } from './stage-delivery.ts';
import { createStaging, stagingTable } from './staging.ts';
import { countFindings, rowsWith } from './stored-rules.ts';

/** What became of rows that were accepted when they were read, by the number of their file and the rule. */
export interface Later {
  readonly rejected: ReadonlyMap<number, ReadonlyMap<string, number>>;
  readonly quarantined: ReadonlyMap<number, ReadonlyMap<string, number>>;
}

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
    if (record.table.schema === 'linkage') record.staged = await pairTokens(client, record, surrogateKey);
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
  const later = await laterOf(client, arrival, staged, rejects);
  await keepFiles(client, arrival, staged, later);
  await keepFindings(client, arrival, staged);
  await rejectLongWaiting(client, contracts, manifest.agency);
  await countFindings(
    client,
    rowsWith(contracts, [], manifest.asOf),
    arrival,
    records.map((record) => record.table.record),
  );
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
      await forgetWaiting(client, waiting, name);
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

async function laterOf(
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

/** After a full delivery, an older one has nothing to say: what it holds was corrected or withdrawn since. */
async function refuseOutdated(client: PoolClient, { manifest }: Delivery): Promise<void> {
  const { rows } = await client.query<{
    delivery: string;
    manifest_hash: string;
    outdated: boolean;
    same: boolean;
  }>(
    `SELECT delivery_id AS delivery, extract_kind = 'full' AND as_of > $3 AS outdated, delivery_id = $2 AS same
     FROM ops.delivery
     WHERE source_agency = $1 AND (delivery_id = $2 OR extract_kind = 'full' AND as_of > $3)`,
    [manifest.agency, manifest.deliveryId, manifest.asOf],
  );
  if (rows.some((row) => row.same)) {
    throw new Refused(
      'DELIVERY_CHANGED',
      `The delivery ${manifest.deliveryId} came before, with other files.`,
      {
        remedy: 'Give a new delivery an id of its own.',
      },
    );
  }
  const newer = rows.find((row) => row.outdated);
  if (newer === undefined) return;
  throw new Refused(
    'DELIVERY_OUTDATED',
    `The delivery ${manifest.deliveryId} describes an earlier moment than the full delivery ${newer.delivery}.`,
    { remedy: 'Nothing is missing: the full delivery replaced it. Send what changed since.' },
  );
}

async function recordArrival(client: PoolClient, { manifest, sha256 }: Delivery): Promise<Arrival> {
  // The clock may stand still or step back; what is known from a delivery is known after what was known before.
  const { rows } = await client.query<{ id: string; now: string }>(
    `INSERT INTO ops.delivery (source_agency, delivery_id, agreement_id, extract_kind, as_of, manifest_hash, loaded_at)
     SELECT $1, $2, $3, $4, $5, $6, greatest(clock_timestamp(),
       (SELECT max(loaded_at) + interval '1 microsecond' FROM ops.delivery WHERE source_agency = $1))
     RETURNING id, loaded_at::text AS now`,
    [manifest.agency, manifest.deliveryId, manifest.agreement, manifest.kind, manifest.asOf, sha256],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('an insert that returned no row');
  return { agency: manifest.agency, delivery: Number(row.id), full: manifest.kind === 'full', now: row.now };
}

async function keepFiles(
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

async function keepFindings(client: PoolClient, arrival: Arrival, staged: StagedDelivery): Promise<void> {
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
