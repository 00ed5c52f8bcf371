/** One transaction that makes a staged delivery current, or leaves everything as it was. */
import type { PoolClient } from 'pg';
import { Refused } from '../../src/errors.ts';
import type { Delivery } from '../receive/delivery.ts';
import type { Reject } from '../validate/outcome.ts';
import { type Arrival, applyRecord, type StagedRow } from './apply-record.ts';
import { pairTokens } from './pair-tokens.ts';
import { hasUnnamedRejects, rejectedRecords, stageRejects } from './rejects.ts';
import type { StagedDelivery } from './stage-delivery.ts';

/** Rows that were turned away for their version, by the number of their file. */
export type LateRejects = ReadonlyMap<number, number>;

export async function loadDelivery(
  client: PoolClient,
  delivery: Delivery,
  staged: StagedDelivery,
  surrogateKey: Uint8Array,
): Promise<LateRejects> {
  const { manifest } = delivery;
  // Deliveries of one agency become current one after the other; those of others do not wait.
  await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('tessera intake ' || $1, 0))`, [
    manifest.agency,
  ]);
  await refuseOutdated(client, delivery);
  const arrival = await recordArrival(client, delivery);
  const late = new Map<number, number>();
  for (const record of staged.records) {
    const rejected = await rejectedRecords(client, staged.rejects, record.files);
    // A rejected row that names no record may be any of those that seem to be gone: then none is taken for gone.
    const full = arrival.full && !(await hasUnnamedRejects(client, staged.rejects, record.files));
    const rows = record.table.schema === 'linkage' ? await pairTokens(client, record, surrogateKey) : record;
    const turnedAway = await applyRecord(client, rows, { ...arrival, full }, rejected);
    for (const file of new Set(turnedAway.map((row) => row.file))) {
      const ofFile = turnedAway.filter((row) => row.file === file);
      late.set(file, ofFile.length);
      await stageRejects(client, staged.rejects, file, ofFile.map(versionReject));
    }
  }
  await keepFiles(client, arrival, staged, late);
  await keepFindings(client, arrival, staged);
  return late;
}

function versionReject({ line, record }: StagedRow): Reject {
  return { line, recordId: record ?? undefined, rule: 'Q006', column: 'record_version' };
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
  late: LateRejects,
): Promise<void> {
  for (const { number, name, record, tally } of staged.files) {
    const more = late.get(number) ?? 0;
    await client.query(
      `INSERT INTO ops.delivery_file (delivery, file, record, rows, accepted, rejected) VALUES ($1, $2, $3, $4, $5, $6)`,
      [delivery, name, record, tally.rows, tally.accepted - more, tally.rejected + more],
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
