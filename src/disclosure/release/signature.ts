import { createHash, type KeyObject, sign, verify } from 'node:crypto';
import { Refused } from '../../errors.ts';
import { canonicalJson } from './canonical-json.ts';
import type { ReleasePayload } from './payload.ts';

/** The signature of a payload, which stays outside it. */
export interface Signed {
  readonly sha256: string;
  /** Ed25519, base64. */
  readonly signature: string;
}

export function signPayload(payload: ReleasePayload, privateKey: KeyObject): Signed {
  if (privateKey.asymmetricKeyType !== 'ed25519')
    throw new Refused('SIGNING_KEY', 'releases are signed with an Ed25519 key');
  const bytes = bytesOf(payload);
  return { sha256: sha256(bytes), signature: sign(null, bytes, privateKey).toString('base64') };
}

/** What anybody can check who holds the payload: the bytes are those that were signed. */
export function signatureFindings(
  payload: ReleasePayload,
  signed: Signed,
  publicKey: KeyObject,
): ('HASH' | 'SIGNATURE')[] {
  const bytes = bytesOf(payload);
  const stands = verify(null, bytes, publicKey, Buffer.from(signed.signature, 'base64'));
  return [
    ...(sha256(bytes) === signed.sha256 ? [] : (['HASH'] as const)),
    ...(stands ? [] : (['SIGNATURE'] as const)),
  ];
}

function bytesOf(payload: ReleasePayload): Buffer {
  return Buffer.from(canonicalJson(payload), 'utf8');
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
