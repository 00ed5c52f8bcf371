/** A delivery's place in the order of its agency's deliveries, given as it becomes current. */
import type { PoolClient } from 'pg';
import { Refused } from '../../src/errors.ts';
import type { Delivery } from '../receive/delivery.ts';
import type { Arrival } from './apply-record.ts';

/** After a full delivery, an older one has nothing to say: what it holds was corrected or withdrawn since. */
export async function refuseOutdated(client: PoolClient, { manifest }: Delivery): Promise<void> {
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

export async function recordArrival(client: PoolClient, { manifest, sha256 }: Delivery): Promise<Arrival> {
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
