import type { DataSource } from 'typeorm';
import { transaction } from '../../db/transaction.ts';
import { NotFound } from '../../errors.ts';
import { currentRelease } from '../current-release.ts';
import type { ReleaseEntity } from '../release.entity.ts';
import type { ReleaseFigure } from './release-figures.ts';
import { evidenceOfRelease, oneRelease, storedFigures } from './stored-releases.ts';

/** The way back from a published figure, for the steward. */
export interface Trace {
  readonly figure: ReleaseFigure;
  readonly release: ReleaseEntity;
  /** The cells of the audit that it is made of. */
  readonly cells: readonly string[];
  readonly candidate: {
    readonly id: string;
    readonly madeAt: string;
    readonly knownOn: string;
    readonly factsHash: string;
    readonly linkageVersion: string;
    readonly codeVersion: string;
  } | null;
  readonly runs: readonly {
    readonly id: string;
    readonly kind: string;
    readonly startedAt: string;
    readonly outcome: string;
  }[];
}

/** `metric/table/period/cell`, of the current release or `N:` one with that number. */
export async function traceFigure(publisher: DataSource, name: string): Promise<Trace> {
  const [, numbered, place = ''] = /^(?:(\d+):)?(.*)$/.exec(name) ?? [];
  const release =
    numbered === undefined ? await currentRelease(publisher) : await oneRelease(publisher, Number(numbered));
  if (release === undefined) throw new NotFound('NO_RELEASE', 'Nothing has been released yet.');
  // A pooled period has a slash of its own.
  const [, metric, tbl, period, cell] =
    /^([^/]+)\/([^/]+)\/(\d{4}(?:\/\d{4}|-Q\d|-\d{2})?)\/(.+)$/.exec(place) ?? [];
  const figures = await transaction(publisher, ({ client }) => storedFigures(client, release.number));
  const figure = figures.find(
    (one) => one.metric === metric && one.tbl === tbl && one.period === period && one.cell === cell,
  );
  if (figure === undefined)
    throw new NotFound('NO_FIGURE', `Release ${release.number} has no figure ${place}.`, {
      remedy: 'A figure is named metric/table/period/cell, such as identified/county/2025/county=06037.',
    });
  const { evidence, candidateId, runs } = await evidenceOfRelease(publisher, release.number);
  const [candidate] = await publisher.query<NonNullable<Trace['candidate']>[]>(
    `SELECT id, made_at::text AS "madeAt", known_on::text AS "knownOn", facts_hash AS "factsHash",
            linkage_version AS "linkageVersion", code_version AS "codeVersion"
     FROM measures.candidate WHERE id = $1`,
    [candidateId],
  );
  const key = `${metric} ${tbl} ${period} ${cell}`;
  return {
    figure,
    release,
    cells: evidence.operands.find(([place]) => place === key)?.[1] ?? [],
    candidate: candidate ?? null,
    runs: await publisher.query(
      `SELECT id, kind, started_at::text AS "startedAt", outcome FROM ledger.run
       WHERE id = ANY ($1) OR id = (SELECT run_id FROM measures.candidate WHERE id = $2) ORDER BY started_at`,
      [runs, candidateId],
    ),
  };
}
