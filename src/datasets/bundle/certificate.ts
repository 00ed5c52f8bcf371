import { json } from './data-package.ts';
import type { Dataset } from './dataset.ts';

/**
 * What the release says for itself, for whoever holds the dataset and not the release. The proof behind it holds the facts
 * and stays with the steward; its keyed fingerprint stands here.
 */
export function releaseCertificate({ release, signed }: Dataset): string {
  const {
    number,
    state,
    cadence,
    period,
    corrects,
    closedOn,
    knownOn,
    policy,
    definitions,
    linkageVersion,
    codeVersion,
  } = release;
  return json({
    about: 'The public part of the certificate of the release that this dataset is a projection of.',
    release: {
      number,
      state,
      cadence,
      period,
      corrects,
      closedOn,
      knownOn,
      publishedAt: release.publishedAt.toISOString(),
      policy,
      definitions,
      linkageVersion,
      codeVersion,
    },
    factsCommitment: release.factsCommitment,
    certificateCommitment: release.certificateCommitment,
    public: {
      sha256: signed.sha256,
      signature: signed.signature,
      algorithm: 'Ed25519',
      keyId: release.keyId,
    },
    publicKey: release.publicKey,
  });
}
