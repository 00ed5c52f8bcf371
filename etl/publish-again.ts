import type { DataSource } from 'typeorm';
import { isHeld } from '../src/disclosure/catalogue/periods.ts';
import { made } from '../src/disclosure/release/made-release.ts';
import { planRelease } from '../src/disclosure/release/plan-release.ts';
import {
  earlierReleases,
  evidenceOfRelease,
  oneRelease,
  storedAudiences,
  storedCandidate,
} from '../src/disclosure/release/stored-releases.ts';
import { Refused } from '../src/errors.ts';
import type { PublishOrder } from './publish.ts';

/** Makes a release again from its candidate, and answers the audiences for which a byte differs. */
export async function publishAgain(
  publisher: DataSource,
  number: number,
  given: Pick<PublishOrder, 'metrics' | 'hierarchies' | 'keys' | 'effort'>,
): Promise<string[]> {
  const release = await oneRelease(publisher, number);
  const { evidence, candidateId } = await evidenceOfRelease(publisher, number);
  const candidate = await storedCandidate(publisher, candidateId);
  const due = {
    cadence: release.cadence ?? 'yearly',
    period: release.period ?? '',
    closedOn: release.closedOn,
    state: release.signedAs ?? 'final',
  };
  const figures = candidate.figures.filter(({ period }) => isHeld(period, due));
  const earlier = await earlierReleases(publisher, number);
  const plan = await planRelease({ ...given, figures, earlier, policy: evidence.policy });
  if (plan.refused) throw new Refused('NO_SAFE_RELEASE', plan.reason);
  const particulars = { ...given, candidate, policy: evidence.policy, due, corrects: release.corrects };
  const again = made(plan, { ...particulars, codeVersion: release.codeVersion ?? '' }, number);
  const before = new Map(
    (await storedAudiences(publisher, number)).map(({ audience, sha256 }) => [audience, sha256]),
  );
  return again.audiences
    .filter(({ payload, signed }) => before.get(payload.audience) !== signed.sha256)
    .map(({ payload }) => payload.audience);
}
