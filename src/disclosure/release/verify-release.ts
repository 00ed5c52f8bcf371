import { createPublicKey } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { transaction } from '../../db/transaction.ts';
import { Refused } from '../../errors.ts';
import type { ReleaseEntity } from '../release.entity.ts';
import { type EvidenceFinding, evidenceFindings } from './evidence.ts';
import { type Heading, PUBLIC, releasePayload } from './payload.ts';
import { signatureFindings } from './signature.ts';
import {
  earlierReleases,
  evidenceOfRelease,
  oneRelease,
  storedAudiences,
  storedFigures,
} from './stored-releases.ts';

export interface ReleaseFinding {
  readonly code: EvidenceFinding['code'] | 'HASH' | 'SIGNATURE' | 'NOT_THE_SAME_BYTES';
  readonly audience?: string;
  readonly cells: readonly string[];
}

/** Signatures, hashes, facts and proof of a stored release, by adding up alone: nothing is solved. */
export async function verifyStoredRelease(
  publisher: DataSource,
  number: number,
  commitmentKey: Uint8Array,
): Promise<ReleaseFinding[]> {
  const release = await oneRelease(publisher, number);
  const { evidence } = await evidenceOfRelease(publisher, number);
  const heading = headingOf(release);
  const publicKey = createPublicKey(release.publicKey ?? '');
  const findings: ReleaseFinding[] = [];
  for (const signed of await storedAudiences(publisher, number)) {
    const { audience } = signed;
    const county = audience === PUBLIC ? undefined : audience;
    const figures = await transaction(publisher, ({ client }) => storedFigures(client, number, county), {
      county: '*',
    });
    const payload = releasePayload(heading, audience, figures);
    for (const code of signatureFindings(payload, signed, publicKey))
      findings.push({ code, audience, cells: [] });
    if (audience === PUBLIC) {
      const earlier = await earlierReleases(publisher, number);
      findings.push(...evidenceFindings(evidence, earlier, heading, figures, commitmentKey));
    }
  }
  return findings;
}

function headingOf(release: ReleaseEntity): Heading {
  const text = (value: string | null): string => {
    if (value === null)
      throw new Refused(
        'RELEASE_UNSIGNED',
        `Release ${release.number} was made before releases were signed.`,
      );
    return value;
  };
  return {
    number: release.number,
    // A withdrawal changes the state of the row, never what was signed.
    state: text(release.signedAs) as Heading['state'],
    cadence: text(release.cadence),
    period: text(release.period),
    closedOn: release.closedOn,
    knownOn: text(release.knownOn),
    corrects: release.corrects,
    policy: text(release.policy),
    definitions: release.definitions ?? {},
    linkageVersion: text(release.linkageVersion),
    codeVersion: text(release.codeVersion),
    factsCommitment: text(release.factsCommitment),
    certificateCommitment: text(release.certificateCommitment),
  };
}

/** Leaves the number, the reason and the evidence; no surface reads its figures any more. */
export async function withdrawRelease(publisher: DataSource, number: number, because: string): Promise<void> {
  const release = await oneRelease(publisher, number);
  if (release.state === 'withdrawn')
    throw new Refused('WITHDRAWN', `Release ${number} was withdrawn already.`);
  await publisher.query(
    `UPDATE release.release SET state = 'withdrawn', withdrawn_at = clock_timestamp(), withdrawn_because = $2 WHERE number = $1`,
    [number, because],
  );
}
