import type { Candidate } from '../catalogue/candidate.ts';
import { type DeclaredMetric, isShare } from '../catalogue/declared-metric.ts';
import type { Policy } from '../policy.ts';
import { markFew, refuseUntraceable } from '../rules/traceable.ts';
import type { DueRelease } from './calendar.ts';
import { commitment, factsOf, type Heading, PUBLIC, type ReleasePayload, releasePayload } from './payload.ts';
import type { ReleasePlan } from './plan-release.ts';
import { type GroupSuppression, publicFigures, suppressionBy, twinFigures } from './release-figures.ts';
import type { ReleaseKeys } from './release-keys.ts';
import { type Signed, signPayload } from './signature.ts';

/** Everything that a release says, signed for each of its audiences. */
export interface MadeRelease {
  readonly heading: Heading;
  readonly audiences: readonly { readonly payload: ReleasePayload; readonly signed: Signed }[];
  readonly suppression: readonly GroupSuppression[];
}

interface Particulars {
  readonly candidate: Candidate;
  readonly metrics: ReadonlyMap<string, DeclaredMetric>;
  readonly policy: Policy;
  readonly due: DueRelease;
  readonly corrects: number | null;
  readonly codeVersion: string;
  readonly keys: ReleaseKeys;
}

/** From a plan to the signed payloads: a function of its input, so that making it again gives the same bytes. */
export function made(plan: ReleasePlan, particulars: Particulars, number: number): MadeRelease {
  const { candidate, metrics, policy, due, corrects, codeVersion, keys } = particulars;
  const { placed, table } = plan.linked;
  const heading: Heading = {
    number,
    state: due.state,
    cadence: due.cadence,
    period: due.period,
    closedOn: due.closedOn,
    knownOn: candidate.knownOn,
    corrects,
    policy: policy.id,
    definitions: candidate.definitions,
    linkageVersion: candidate.linkageVersion,
    codeVersion,
    factsCommitment: commitment(keys.commitmentKey, factsOf(table)),
    certificateCommitment: commitment(keys.commitmentKey, plan.certificate),
  };
  const isCoded = ({ metric }: { readonly metric: string }): boolean => {
    const declared = metrics.get(metric);
    return policy.percentages === 'nces' && declared !== undefined && isShare(declared);
  };
  const open = markFew(publicFigures(placed, plan.isHidden, isCoded, plan.leftOut), metrics);
  const counties = [...new Set(placed.flatMap(({ figure }) => figure.dims['county'] ?? []))]
    .filter((county) => /^\d{5}$/.test(county))
    .toSorted();
  const payloads = [
    releasePayload(heading, PUBLIC, open),
    ...counties.map((county) =>
      releasePayload(heading, county, markFew(twinFigures(placed, county), metrics)),
    ),
  ];
  for (const { figures } of payloads) refuseUntraceable(figures, metrics, heading.definitions);
  return {
    heading,
    audiences: payloads.map((payload) => ({ payload, signed: signPayload(payload, keys.privateKey) })),
    suppression: ['county', 'race_ethnicity'].flatMap((dimension) => suppressionBy(dimension, open)),
  };
}
