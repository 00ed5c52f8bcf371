/**
 * Signed statements of how long the log is and what its last hash is. Kept apart from the database (a file that is
 * only added to, copied elsewhere by the operator), they show what was cut off or made anew since.
 */
import { type KeyObject, sign, verify } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { DataSource } from 'typeorm';
import { canonicalJson } from '../disclosure/release/canonical-json.ts';
import type { SigningKey } from './signing-key.ts';

export interface Checkpoint {
  readonly number: number;
  readonly hash: string;
  readonly at: string;
  readonly keyId: string;
  readonly signature: string;
}

/** The log's head, signed, in the database and in the file; undefined when nothing was added since the last. */
export async function makeCheckpoint(
  recorder: DataSource,
  key: SigningKey,
  file: string,
): Promise<Checkpoint | undefined> {
  const [head] = await recorder.query<{ number: string; hash: Buffer; known: boolean }[]>(
    `SELECT number, hash, EXISTS (SELECT FROM audit.checkpoint c WHERE c.number = h.number) AS known FROM audit.head h`,
  );
  if (head === undefined || head.known || head.number === '0') return undefined;
  const said = {
    number: Number(head.number),
    hash: head.hash.toString('hex'),
    at: new Date().toISOString(),
    keyId: key.id,
  };
  const signature = sign(null, Buffer.from(canonicalJson(said)), key.privateKey);
  const checkpoint = { ...said, signature: signature.toString('base64') };
  // The file first: a checkpoint that only the database knew would fall with it.
  appendFileSync(file, `${canonicalJson(checkpoint)}\n`, { mode: 0o644 });
  await recorder.query(
    'INSERT INTO audit.checkpoint (number, hash, made_at, key_id, signature) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING',
    [said.number, head.hash, said.at, said.keyId, signature],
  );
  return checkpoint;
}

export function signatureHolds(checkpoint: Checkpoint, publicKey: KeyObject): boolean {
  const { signature, ...said } = checkpoint;
  return verify(null, Buffer.from(canonicalJson(said)), publicKey, Buffer.from(signature, 'base64'));
}

/** The checkpoints of a file, and how many of its lines are none: a kill may have left half a line. */
export function readCheckpoints(file: string): { checkpoints: Checkpoint[]; unreadable: number } {
  if (!existsSync(file)) return { checkpoints: [], unreadable: 0 };
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  const read = lines.map(parsed);
  return {
    checkpoints: read.filter((item) => item !== undefined),
    unreadable: read.filter((item) => item === undefined).length,
  };
}

function parsed(line: string): Checkpoint | undefined {
  try {
    const value = JSON.parse(line) as Partial<Checkpoint>;
    const whole =
      Number.isSafeInteger(value.number) &&
      [value.hash, value.at, value.keyId, value.signature].every((text) => typeof text === 'string');
    return whole ? (value as Checkpoint) : undefined;
  } catch {
    return undefined;
  }
}
