/** The way out: candidate → protected as a whole → signed release. The only place that makes one. */
import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { transaction } from '../src/db/transaction.ts';
import type { Candidate } from '../src/disclosure/catalogue/candidate.ts';
import type { DeclaredMetric } from '../src/disclosure/catalogue/declared-metric.ts';
import type { Hierarchy } from '../src/disclosure/catalogue/lines.ts';
import { isHeld } from '../src/disclosure/catalogue/periods.ts';
import type { Policy } from '../src/disclosure/policy.ts';
import type { DueRelease } from '../src/disclosure/release/calendar.ts';
import { canonicalJson } from '../src/disclosure/release/canonical-json.ts';
import { evidenceOf } from '../src/disclosure/release/evidence.ts';
import { made } from '../src/disclosure/release/made-release.ts';
import { planRelease, type ReleaseOrder, type ReleasePlan } from '../src/disclosure/release/plan-release.ts';
import type { ReleaseKeys } from '../src/disclosure/release/release-keys.ts';
import { allReleases, earlierReleases } from '../src/disclosure/release/stored-releases.ts';
import type { ReleaseEntity } from '../src/disclosure/release.entity.ts';
import { Refused } from '../src/errors.ts';
import { type Counts, closeRun, openRun, performStage } from '../src/runs/ledger.ts';
import { keepEvidence, storeRelease } from './store-release.ts';

export interface PublishOrder {
  readonly candidate: Candidate;
  readonly metrics: ReadonlyMap<string, DeclaredMetric>;
  readonly hierarchies: readonly Hierarchy[];
  readonly policy: Policy;
  readonly due: DueRelease;
  readonly corrects: number | null;
  readonly codeVersion: string;
  readonly keys: ReleaseKeys;
  readonly requestedBy: string;
  readonly effort?: ReleaseOrder['effort'];
}

/** A release that is decided and proved, and that nobody can read yet. */
export interface ProtectedRelease {
  readonly counts: Counts;
  /** Signs it and makes it public; answers its number. */
  readonly release: () => Promise<number>;
  /** Leaves it at that: asked for again, it is decided the same. */
  readonly leave: () => Promise<void>;
}

/** Makes the release, or answers the number of the one that was made of the same before. */
export async function publish(publisher: DataSource, order: PublishOrder): Promise<number> {
  const { release } = await protect(publisher, order);
  return release();
}

export async function protect(publisher: DataSource, order: PublishOrder): Promise<ProtectedRelease> {
  const releases = await allReleases(publisher);
  permit(order, releases);
  const number = (releases.at(-1)?.number ?? 0) + 1;
  const run = await openRun(publisher, 'release', order.requestedBy);
  const orEnd = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      await closeRun(publisher, run, error instanceof Refused ? 'refused' : 'failed');
      throw error;
    }
  };
  const decided = await orEnd(() => protectCandidate(publisher, order, run, number));
  return {
    counts: decided.counts,
    release: () =>
      orEnd(async () => {
        await releasePlan(publisher, order, run, number, decided);
        await closeRun(publisher, run, 'succeeded');
        return number;
      }),
    leave: () => closeRun(publisher, run, 'succeeded'),
  };
}

function permit({ due, corrects, candidate }: PublishOrder, releases: readonly ReleaseEntity[]): void {
  const corrected = releases.find(({ number }) => number === corrects);
  if (corrects !== null && (corrected === undefined || corrected.period !== due.period))
    throw new Refused('NOTHING_TO_CORRECT', `Release ${corrects} is no release of ${due.period}.`, {
      remedy: 'npx tessera release list shows which release is of which period.',
    });
  const there = releases.find(({ period, state }) => period === due.period && state !== 'withdrawn');
  if (there !== undefined && corrects === null)
    throw new Refused('RELEASE_EXISTS', `Release ${there.number} is of ${due.period} already.`, {
      remedy: `A release is never changed: correct it with --corrects ${there.number}.`,
    });
  if (due.closedOn > candidate.knownOn)
    throw new Refused('PERIOD_OPEN', `${due.period} had not ended when the candidate's facts were known.`, {
      remedy: 'Wait until the period is over and measure again.',
    });
}

/** The stage `protect`: decides what is hidden and proves it. */
async function protectCandidate(
  publisher: DataSource,
  order: PublishOrder,
  run: string,
  number: number,
): Promise<{ readonly id: string; readonly plan: ReleasePlan; readonly counts: Counts }> {
  const earlier = await earlierReleases(publisher, number);
  const figures = order.candidate.figures.filter(({ period }) => isHeld(period, order.due));
  const id = inputHash(order, number);
  const planned = async (): Promise<ReleasePlan> => {
    const plan = await planRelease({ ...order, figures, earlier });
    if (plan.refused) throw new Refused('NO_SAFE_RELEASE', plan.reason);
    return plan;
  };
  let plan: ReleasePlan | undefined;
  const counts = await performStage(publisher, { run, name: 'protect', inputHash: id }, async () => {
    plan = await planned();
    const evidence = evidenceOf(
      plan,
      order.policy,
      earlier.map(({ release }) => Number(release)),
      id,
    );
    await keepEvidence(publisher, {
      id,
      run,
      candidate: order.candidate.id,
      content: canonicalJson(evidence),
    });
    const hidden = evidence.hidden.length;
    return { rowsIn: figures.length, accepted: figures.length, rejected: hidden };
  });
  // After a crash between the two stages the plan is made again, and is the same.
  return { id, plan: plan ?? (await planned()), counts };
}

/** The stage `release`: signs it and makes it public in one transaction. */
async function releasePlan(
  publisher: DataSource,
  order: PublishOrder,
  run: string,
  number: number,
  { id, plan }: { readonly id: string; readonly plan: ReleasePlan },
): Promise<void> {
  await performStage(publisher, { run, name: 'release', inputHash: id }, async (progress) => {
    const release = made(plan, order, number);
    const counts = {
      rowsIn: plan.linked.placed.length,
      accepted: release.audiences[0]?.payload.figures.length ?? 0,
      rejected: 0,
    };
    await transaction(
      publisher,
      async ({ client, manager }) => {
        await storeRelease({ client, manager }, release, order.keys, { evidence: id, run });
        await progress.succeed(client, counts);
      },
      { county: '*' },
    );
    return counts;
  });
}

/** What a release is made of: the same gives the same bytes. */
function inputHash(
  { candidate, policy, due, corrects, codeVersion, metrics }: PublishOrder,
  number: number,
): string {
  const declared = [...metrics.values()].map(({ id, tables, additive, minorConsent }) => ({
    id,
    tables: tables.map(({ by, publish }) => ({ by, publish })),
    additive,
    minorConsent,
  }));
  const made = { candidate: candidate.id, policy, due, corrects, codeVersion, number, declared };
  return createHash('sha256').update(canonicalJson(made)).digest('hex');
}
