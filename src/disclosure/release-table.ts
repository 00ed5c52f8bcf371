/** How every surface reads figures: from a release, by the table that the catalogue declares. */
import type { DataSource } from 'typeorm';
import { transaction } from '../db/transaction.ts';
import { NotFound } from '../errors.ts';
import { currentRelease } from './current-release.ts';
import type { ReleaseFigure } from './release/release-figures.ts';
import { oneRelease } from './release/stored-releases.ts';
import type { ReleaseEntity } from './release.entity.ts';

export interface TableQuestion {
  readonly metric: string;
  /** The dimensions joined by '+', or 'all'. */
  readonly tbl: string;
  /** All periods of the release, unless given. */
  readonly period?: string;
  /** Of the newest release that stands, unless given. */
  readonly release?: number;
  /** The county whose twin is read; what the reader claims must have been checked. */
  readonly county?: string;
}

export interface ReleaseTable {
  readonly release: ReleaseEntity;
  readonly figures: readonly ReleaseFigure[];
}

/** The figures of one table, as published: hidden ones are there and empty. */
export async function releaseTable(source: DataSource, question: TableQuestion): Promise<ReleaseTable> {
  const { metric, tbl, period, county } = question;
  const release =
    question.release === undefined
      ? await currentRelease(source)
      : await oneRelease(source, question.release);
  if (release === undefined)
    throw new NotFound('NO_RELEASE', 'Nothing has been released yet.', {
      remedy: 'The steward makes a release: npx tessera release make',
    });
  const figures = await transaction(
    source,
    ({ manager }) =>
      manager.query<ReleaseFigure[]>(
        `SELECT metric, version, tbl, period, cell, dims, numerator::float8 AS numerator,
                denominator::float8 AS denominator, value, lower, upper, status, footnotes
         FROM release.${county === undefined ? 'figure' : 'county_figure'}
         WHERE release_number = $1 AND metric = $2 AND tbl = $3 AND ($4::text IS NULL OR period = $4)
         ORDER BY period, cell`,
        [release.number, metric, tbl, period ?? null],
      ),
    county === undefined ? {} : { county },
  );
  if (figures.length === 0)
    throw new NotFound('NO_TABLE', `Release ${release.number} holds no table ${metric} by ${tbl}.`, {
      remedy: `npx tessera release show ${release.number} lists its tables.`,
    });
  return { release, figures };
}
