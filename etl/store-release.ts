/** A release that is decided, put where it is read from; and before that the evidence of what was decided. */
import type { DataSource } from 'typeorm';
import type { Transaction } from '../src/db/transaction.ts';
import type { MadeRelease } from '../src/disclosure/release/made-release.ts';
import { PUBLIC } from '../src/disclosure/release/payload.ts';
import type { ReleaseKeys } from '../src/disclosure/release/release-keys.ts';
import { storeFigures } from '../src/disclosure/release/stored-releases.ts';
import { Refused } from '../src/errors.ts';

/** Evidence of the same decision is there already when a process was killed before its stage had ended. */
export async function keepEvidence(
  publisher: DataSource,
  { id, run, candidate, content }: { id: string; run: string; candidate: string; content: string },
): Promise<void> {
  await publisher.query(
    `INSERT INTO release.evidence (id, run_id, candidate_id, content) VALUES ($1, $2, $3, $4)
     ON CONFLICT (id) DO NOTHING`,
    [id, run, candidate, content],
  );
  const [kept] = await publisher.query<{ same: boolean }[]>(
    'SELECT content::jsonb = $2::jsonb AS same FROM release.evidence WHERE id = $1',
    [id, content],
  );
  if (kept?.same !== true)
    throw new Refused(
      'EVIDENCE_DIFFERS',
      'The same candidate was decided otherwise by a process that was killed.',
      {
        remedy: 'Measure again: a new candidate has evidence of its own.',
      },
    );
}

/** In a transaction: readable to all its audiences at once, or to none. */
export async function storeRelease(
  { client, manager }: Transaction,
  release: MadeRelease,
  keys: ReleaseKeys,
  proof: { readonly evidence: string; readonly run: string },
): Promise<void> {
  const { number } = release.heading;
  // Another release made meanwhile has this number: then this one fails, and is audited with that one next time.
  await insertRelease(manager, release, keys);
  for (const { payload, signed } of release.audiences) {
    const { audience, figures } = payload;
    await manager.query('INSERT INTO release.audience VALUES ($1, $2, $3, $4, $5, $6)', [
      number,
      audience,
      figures.length,
      figures.filter(({ status }) => status === 'hidden').length,
      signed.sha256,
      signed.signature,
    ]);
    await storeFigures(client, number, figures, audience === PUBLIC ? undefined : audience);
  }
  for (const { dimension, member, figures, hidden, pooled } of release.suppression)
    await manager.query('INSERT INTO release.suppression VALUES ($1, $2, $3, $4, $5, $6)', [
      number,
      dimension,
      member,
      figures,
      hidden,
      pooled,
    ]);
  const { evidence, run } = proof;
  await manager.query('INSERT INTO release.certificate VALUES ($1, $2, $3)', [number, evidence, run]);
}

async function insertRelease(
  manager: Transaction['manager'],
  { heading }: MadeRelease,
  keys: ReleaseKeys,
): Promise<void> {
  await manager.query(
    `INSERT INTO release.release (number, state, signed_as, closed_on, published_at, cadence, period, corrects, policy, known_on,
       linkage_version, code_version, definitions, facts_commitment, certificate_commitment, key_id, public_key)
     VALUES ($1, $2, $2, $3, clock_timestamp(), $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      heading.number,
      heading.state,
      heading.closedOn,
      heading.cadence,
      heading.period,
      heading.corrects,
      heading.policy,
      heading.knownOn,
      heading.linkageVersion,
      heading.codeVersion,
      heading.definitions,
      heading.factsCommitment,
      heading.certificateCommitment,
      keys.keyId,
      keys.publicKeyPem,
    ],
  );
}
