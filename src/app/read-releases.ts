/** What the steward's commands about releases read. */

import type { DataSource } from 'typeorm';
import { publishAgain } from '../../etl/publish-again.ts';
import { readSettings } from '../config.ts';
import { loadContracts } from '../contracts/contracts.ts';
import { migrateUp } from '../db/migrate.ts';
import { declaredHierarchies } from '../disclosure/catalogue/declared-hierarchies.ts';
import type { GroupSuppression } from '../disclosure/release/release-figures.ts';
import { keptReleaseKeys } from '../disclosure/release/release-keys.ts';
import { type Revisions, revisionsOf } from '../disclosure/release/revisions.ts';
import {
  allReleases,
  oneRelease,
  type StoredAudience,
  storedAudiences,
  storedSuppression,
  storedTables,
} from '../disclosure/release/stored-releases.ts';
import { type Trace, traceFigure } from '../disclosure/release/trace.ts';
import {
  type ReleaseFinding,
  verifyStoredRelease,
  withdrawRelease,
} from '../disclosure/release/verify-release.ts';
import type { ReleaseEntity } from '../disclosure/release.entity.ts';
import { type Hub, withHub } from './hub.ts';

async function asPublisher<T>(
  command: string,
  work: (publisher: DataSource, hub: Hub) => Promise<T>,
): Promise<T> {
  return withHub(readSettings(), command, async (hub) => {
    await migrateUp(await hub.as('owner'), hub.database.target.roleSecret);
    return work(await hub.as('publisher'), hub);
  });
}

export async function listed(): Promise<ReleaseEntity[]> {
  return asPublisher('release list', allReleases);
}

export interface Shown {
  readonly release: ReleaseEntity;
  readonly audiences: readonly StoredAudience[];
  readonly tables: readonly {
    readonly metric: string;
    readonly tbl: string;
    readonly figures: number;
    readonly hidden: number;
  }[];
  readonly suppression: readonly GroupSuppression[];
}

export async function shown(number: number): Promise<Shown> {
  return asPublisher('release show', async (publisher) => ({
    release: await oneRelease(publisher, number),
    audiences: await storedAudiences(publisher, number),
    tables: await storedTables(publisher, number),
    suppression: await storedSuppression(publisher, number),
  }));
}

export async function verified(number: number, again: boolean): Promise<ReleaseFinding[]> {
  return asPublisher('release verify', async (publisher, hub) => {
    const keys = keptReleaseKeys(hub.database.dataDir);
    const findings = await verifyStoredRelease(publisher, number, keys.commitmentKey);
    if (!again) return findings;
    const differs = await publishAgain(publisher, number, {
      metrics: loadContracts().metrics,
      hierarchies: declaredHierarchies(loadContracts()),
      keys,
    });
    return [
      ...findings,
      ...differs.map((audience) => ({ code: 'NOT_THE_SAME_BYTES' as const, audience, cells: [] })),
    ];
  });
}

export async function revised(number: number, since: number | undefined): Promise<Revisions> {
  return asPublisher('release revisions', (publisher) => revisionsOf(publisher, number, since));
}

export function describeRevisions({ release, since, revisions, remedy }: Revisions): string {
  const reasons = Map.groupBy(revisions, (revision) => revision.reasons.join(' and '));
  return [
    `release ${release} gives ${revisions.length} figures otherwise than release ${since}`,
    ...[...reasons].map(([reason, some]) => `${String(some.length).padStart(8)}  ${reason}`),
    ...(remedy === undefined ? [] : [remedy]),
    '',
    ...revisions.map(
      ({ metric, tbl, period, cell, was, is, reasons: why }) =>
        `${metric} by ${tbl}, ${period}, ${cell}: ${was ?? 'none'} → ${is ?? 'none'} (${why.join(' and ')})`,
    ),
  ].join('\n');
}

export async function withdrawn(number: number, because: string): Promise<void> {
  return asPublisher('release withdraw', (publisher) => withdrawRelease(publisher, number, because));
}

export async function traced(figure: string): Promise<Trace> {
  return asPublisher('trace', (publisher) => traceFigure(publisher, figure));
}

export function describeShown({ release, audiences, tables, suppression }: Shown): string {
  const share = (hidden: number, of: number): string =>
    of === 0 ? '' : `${Math.round((100 * hidden) / of)} %`;
  const open = audiences.find(({ audience }) => audience === 'public');
  return [
    `release ${release.number} of ${release.period}: ${release.state}${release.withdrawnBecause === null ? '' : `, because ${release.withdrawnBecause}`}`,
    `closed on ${release.closedOn}, facts as known on ${release.knownOn}, policy ${release.policy}`,
    `${open?.figures ?? 0} public figures, ${open?.hidden ?? 0} of them hidden; twins for ${audiences.length - 1} counties`,
    `signed with key ${release.keyId}, sha256 ${open?.sha256 ?? 'none'}`,
    '',
    'table                                             figures  hidden',
    ...tables.map(
      ({ metric, tbl, figures, hidden }) =>
        `${`${metric} by ${tbl}`.padEnd(50)} ${String(figures).padStart(6)} ${String(hidden).padStart(7)}  ${share(hidden, figures)}`,
    ),
    '',
    'hidden by group                                   figures  hidden  shown in pooled years',
    ...suppression.map(
      ({ dimension, member, figures, hidden, pooled }) =>
        `${`${dimension} ${member}`.padEnd(50)} ${String(figures).padStart(6)} ${String(hidden).padStart(7)}  ${pooled}`,
    ),
  ].join('\n');
}

export function describeTrace({ figure, release, cells, candidate, runs }: Trace): string {
  return [
    `${figure.metric} by ${figure.tbl}, ${figure.period}, ${figure.cell}: ${figure.status}${figure.value === null ? '' : ` ${figure.value}`}`,
    `release ${release.number} of ${release.period} (${release.state}), policy ${release.policy}`,
    `definition ${figure.metric} version ${figure.version}`,
    `cells of the audit: ${cells.join(', ')}`,
    candidate === null
      ? 'its candidate is no longer in this hub'
      : `candidate ${candidate.id.slice(0, 12)} of ${candidate.madeAt}, facts as known on ${candidate.knownOn} (linkage ${candidate.linkageVersion})`,
    ...runs.map(({ id, kind, startedAt, outcome }) => `run ${id} ${kind} ${startedAt} ${outcome}`),
    ...figure.footnotes,
  ].join('\n');
}
