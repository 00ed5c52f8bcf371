import { createHash, type KeyObject, sign, verify } from 'node:crypto';
import { Refused } from '../../errors.ts';
import type { Certificate } from '../certificate.ts';
import type { Policy } from '../policy.ts';
import type { Table } from '../table.ts';
import { type Finding, verifyCertificate } from '../verify.ts';
import { canonicalJson } from './canonical-json.ts';
import { commitment, factsOf, type ReleasePayload, releasePayload } from './payload.ts';

/** A payload with its Ed25519 signature. Times, runs and signatures stay outside the payload. */
export interface SignedRelease {
  readonly payload: ReleasePayload;
  readonly sha256: string;
  readonly keyId: string;
  readonly signature: string;
}

export function signRelease(payload: ReleasePayload, privateKey: KeyObject, keyId: string): SignedRelease {
  if (privateKey.asymmetricKeyType !== 'ed25519')
    throw new Refused('SIGNING_KEY', 'releases are signed with an Ed25519 key');
  const bytes = Buffer.from(canonicalJson(payload), 'utf8');
  return {
    payload,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    keyId,
    signature: sign(null, bytes, privateKey).toString('base64'),
  };
}

export interface ReleaseFinding {
  readonly code: Finding['code'] | 'SIGNATURE' | 'HASH' | 'FACTS' | 'CERTIFICATE' | 'PAYLOAD';
  readonly cells: readonly string[];
}

/** What anybody can check: the bytes are those that were signed. */
export function verifySignature(release: SignedRelease, publicKey: KeyObject): ReleaseFinding[] {
  const bytes = Buffer.from(canonicalJson(release.payload), 'utf8');
  const hash = createHash('sha256').update(bytes).digest('hex');
  const signed = verify(null, bytes, publicKey, Buffer.from(release.signature, 'base64'));
  return [
    ...(hash === release.sha256 ? [] : [{ code: 'HASH' as const, cells: [] }]),
    ...(signed ? [] : [{ code: 'SIGNATURE' as const, cells: [] }]),
  ];
}

export interface StewardsEvidence {
  readonly table: Table;
  readonly policy: Policy;
  readonly certificate: Certificate;
  readonly commitmentKey: Uint8Array;
}

/**
 * What the steward can check, who holds the facts: the release was made from these facts and this certificate,
 * it shows what the certificate says and no more, and the certificate proves that its policy is kept.
 */
export function verifyRelease(
  release: SignedRelease,
  publicKey: KeyObject,
  { table, policy, certificate, commitmentKey }: StewardsEvidence,
): ReleaseFinding[] {
  const { payload } = release;
  const { number, period, versions, replaces, status } = payload;
  const facts = commitment(commitmentKey, factsOf(table)) === payload.factsCommitment;
  const proof = commitment(commitmentKey, certificate) === payload.certificateCommitment;
  const heading = {
    number,
    period,
    versions,
    status: status === 'withdrawn' ? ('final' as const) : status,
    ...(replaces === undefined ? {} : { replaces }),
  };
  const again = releasePayload(table, certificate, policy, heading, commitmentKey);
  const same = status === 'withdrawn' || canonicalJson(again) === canonicalJson(payload);
  return [
    ...verifySignature(release, publicKey),
    ...(facts ? [] : [{ code: 'FACTS' as const, cells: [] }]),
    ...(proof ? [] : [{ code: 'CERTIFICATE' as const, cells: [] }]),
    ...(same ? [] : [{ code: 'PAYLOAD' as const, cells: [] }]),
    ...verifyCertificate(table, policy, certificate),
  ];
}
