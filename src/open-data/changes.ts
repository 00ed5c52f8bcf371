/** What changed from release to release, for programs: which there are, and how many figures each gives otherwise than the one before. */
import type { DataSource } from 'typeorm';
import { figureChanges, type MetricChanges } from '../disclosure/figure-changes.ts';
import { allReleases } from '../disclosure/release/stored-releases.ts';
import type { ReleaseEntity } from '../disclosure/release.entity.ts';
import { databaseLink } from './stable-links.ts';

export interface ReleaseChanges {
  readonly release: number;
  readonly state: string;
  readonly period: string | null;
  readonly publishedOn: string;
  readonly knownOn: string | null;
  readonly policy: string | null;
  readonly corrects: number | null;
  readonly withdrawnOn: string | null;
  readonly withdrawnBecause: string | null;
  readonly database: string | null;
  /** The release that it is compared with: the one before it that stands. */
  readonly since: number | null;
  /** Metrics whose definition has another version, or that are new. */
  readonly definitions: readonly {
    readonly metric: string;
    readonly was: number | null;
    readonly is: number | null;
  }[];
  readonly figures: readonly MetricChanges[];
}

/** Newest first. Of a withdrawn release only that it was there, and why it is no more. */
export async function changesOf(source: DataSource): Promise<ReleaseChanges[]> {
  const releases = await allReleases(source);
  const changes: ReleaseChanges[] = [];
  let before: ReleaseEntity | undefined;
  for (const release of releases) {
    const stands = release.state !== 'withdrawn';
    changes.push({
      release: release.number,
      state: release.state,
      period: release.period,
      publishedOn: release.publishedAt.toISOString().slice(0, 10),
      knownOn: release.knownOn,
      policy: release.policy,
      corrects: release.corrects,
      withdrawnOn: release.withdrawnAt?.toISOString().slice(0, 10) ?? null,
      withdrawnBecause: release.withdrawnBecause,
      database: stands ? databaseLink(release.number) : null,
      since: stands ? (before?.number ?? null) : null,
      definitions: stands && before !== undefined ? definitionsChanged(before, release) : [],
      figures:
        stands && before !== undefined ? await figureChanges(source, before.number, release.number) : [],
    });
    if (stands) before = release;
  }
  return changes.reverse();
}

function definitionsChanged(
  { definitions: was }: ReleaseEntity,
  { definitions: is }: ReleaseEntity,
): ReleaseChanges['definitions'] {
  const metrics = new Set([...Object.keys(was ?? {}), ...Object.keys(is ?? {})]);
  return [...metrics]
    .toSorted()
    .map((metric) => ({ metric, was: was?.[metric] ?? null, is: is?.[metric] ?? null }))
    .filter((change) => change.was !== change.is);
}
