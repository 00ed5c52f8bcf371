/** Walks the whole log and names the first thing that is not as it was written. */
import type { KeyObject } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { streamRows } from '../db/copy.ts';
import { transaction } from '../db/transaction.ts';
import { type Checkpoint, signatureHolds } from './checkpoint.ts';
import { chainHash, firstHash } from './entry.ts';

export interface AuditFinding {
  readonly code:
    | 'EDITED'
    | 'MISSING'
    | 'REORDERED'
    | 'TRUNCATED'
    | 'REWRITTEN'
    | 'CHECKPOINT_FORGED'
    | 'CHECKPOINT_MISSING'
    | 'CHECKPOINT_UNREADABLE';
  /** The entry or checkpoint where it shows. */
  readonly number: number;
}

export interface AuditReport {
  readonly ok: boolean;
  readonly entries: number;
  readonly checkpoints: number;
  readonly findings: readonly AuditFinding[];
}

interface Row {
  readonly number: string;
  readonly body: string;
  readonly person: string | null;
  readonly previous: Buffer;
  readonly hash: Buffer;
}

/** `kept` are the checkpoints from outside; those of the database are looked at besides. */
export async function verifyAudit(
  owner: DataSource,
  publicKey: KeyObject,
  kept: { readonly checkpoints: readonly Checkpoint[]; readonly unreadable: number },
): Promise<AuditReport> {
  return transaction(
    owner,
    async ({ client }) => {
      const findings: AuditFinding[] = [];
      const stored = await client.query<{
        number: string;
        hash: Buffer;
        made_at: Date;
        key_id: string;
        signature: Buffer;
      }>('SELECT number, hash, made_at, key_id, signature FROM audit.checkpoint ORDER BY number');
      const own = stored.rows.map((row) => ({
        number: Number(row.number),
        hash: row.hash.toString('hex'),
        at: row.made_at.toISOString(),
        keyId: row.key_id,
        signature: row.signature.toString('base64'),
      }));
      const signed = trusted([...kept.checkpoints, ...own], publicKey, findings);
      for (const { number } of kept.checkpoints) {
        if (!own.some((checkpoint) => checkpoint.number === number))
          findings.push({ code: 'CHECKPOINT_MISSING', number });
      }
      if (kept.unreadable > 0) findings.push({ code: 'CHECKPOINT_UNREADABLE', number: kept.unreadable });
      // The hub may add while we read: what comes after this head is for the next time.
      const head = (
        await client.query<{ number: string; hash: Buffer }>('SELECT number, hash FROM audit.head')
      ).rows[0];
      const last = await walk(
        streamRows<Row>(
          client,
          'SELECT number, body, person, previous, hash FROM audit.entry WHERE number <= $1 ORDER BY number',
          [head?.number ?? 0],
        ),
        signed,
        findings,
      );
      const longest = Math.max(Number(head?.number ?? 0), ...signed.keys());
      if (last.number < longest) findings.push({ code: 'TRUNCATED', number: last.number + 1 });
      else if (head === undefined || !head.hash.equals(last.hash))
        findings.push({ code: 'REWRITTEN', number: last.number });
      return { ok: findings.length === 0, entries: last.entries, checkpoints: signed.size, findings };
    },
    { audit: 'all' },
  );
}

/** By number; one that its signature does not fit, or that contradicts another, counts for nothing but a finding. */
function trusted(
  checkpoints: readonly Checkpoint[],
  publicKey: KeyObject,
  findings: AuditFinding[],
): ReadonlyMap<number, string> {
  const signed = new Map<number, string>();
  for (const checkpoint of checkpoints) {
    const known = signed.get(checkpoint.number);
    if (!signatureHolds(checkpoint, publicKey) || (known !== undefined && known !== checkpoint.hash))
      findings.push({ code: 'CHECKPOINT_FORGED', number: checkpoint.number });
    else signed.set(checkpoint.number, checkpoint.hash);
  }
  return signed;
}

async function walk(
  rows: AsyncIterable<Row>,
  signed: ReadonlyMap<number, string>,
  findings: AuditFinding[],
): Promise<{ number: number; hash: Buffer; entries: number }> {
  let number = 0;
  let entries = 0;
  let hash: Buffer = firstHash;
  for await (const row of rows) {
    const at = Number(row.number);
    if (at !== number + 1) findings.push({ code: 'MISSING', number: number + 1 });
    const intact =
      chainHash(row.previous, BigInt(row.number), row.body).equals(row.hash) &&
      personOf(row.body) === row.person;
    if (!intact) findings.push({ code: 'EDITED', number: at });
    else if (at === number + 1 && !row.previous.equals(hash))
      findings.push({ code: 'REORDERED', number: at });
    const checkpoint = signed.get(at);
    if (checkpoint !== undefined && checkpoint !== row.hash.toString('hex'))
      findings.push({ code: 'REWRITTEN', number: at });
    hash = row.hash;
    number = at;
    entries++;
  }
  return { number, hash, entries };
}

function personOf(body: string): string | null | undefined {
  try {
    return (JSON.parse(body) as { person?: string | null }).person;
  } catch {
    return undefined;
  }
}
