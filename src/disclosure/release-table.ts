/** How every surface reads figures: from a release, by the table that the catalogue declares. */
import type { DataSource } from 'typeorm';
import { prepared } from '../db/prepared.ts';
import { readPreparedRows } from '../db/read-rows.ts';
import { together } from '../db/together.ts';
import { NotFound } from '../errors.ts';
import type { ReleaseFigure } from './release/release-figures.ts';
import type { ReleaseEntity } from './release.entity.ts';
import { standing } from './standing.ts';

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

/** The newest release that stands, or one by its number if it stands. */
async function standingRelease(
  source: DataSource,
  number: number | undefined,
): Promise<ReleaseEntity | undefined> {
  const { releases, current } = await standing(source);
  return number === undefined ? current : releases.find((release) => release.number === number);
}

/** The figures of one table, as published: hidden ones are there and empty. */
export async function releaseTable(source: DataSource, question: TableQuestion): Promise<ReleaseTable> {
  const { metric, tbl, period, county } = question;
  const release = await standingRelease(source, question.release);
  if (release === undefined)
    throw question.release === undefined
      ? new NotFound('NO_RELEASE', 'Nothing has been released yet.', {
          remedy: 'The steward makes a release: npx tessera release make',
        })
      : new NotFound('NO_RELEASE', `There is no release ${question.release} that stands.`, {
          remedy: 'npx tessera release list shows those that there are.',
        });
  const whole = await figuresOf(source, { release: release.number, metric, tbl, county });
  const figures = period === undefined ? whole : whole.filter((figure) => figure.period === period);
  if (figures.length === 0)
    throw new NotFound('NO_TABLE', `Release ${release.number} holds no table ${metric} by ${tbl}.`, {
      remedy: `npx tessera release show ${release.number} lists its tables.`,
    });
  return { release, figures };
}

interface WholeTable {
  readonly release: number;
  readonly metric: string;
  readonly tbl: string;
  readonly county: string | undefined;
}

/**
 * A release is never changed, so what everybody may read of it is read once and kept; whether it still stands is asked
 * each time before. A county's twin is never kept: the database asks the claim each time.
 */
export async function figuresOf(source: DataSource, table: WholeTable): Promise<readonly ReleaseFigure[]> {
  if (table.county !== undefined) return readTwin(source, table, table.county);
  const kept = keptBy.get(source) ?? openKept();
  keptBy.set(source, kept);
  const key = keyOf(table);
  const found = kept.find(key);
  if (found !== undefined) return found;
  const figures = (await publicTable(source, key)) ?? [];
  kept.keep(key, figures);
  return figures;
}

/** Tables that one question or several ask for at once are read by one statement. */
const publicTable = together<string, readonly ReleaseFigure[]>(async (source, keys) => {
  const tables = keys.map((key) => JSON.parse(key) as [release: number, metric: string, tbl: string]);
  const column = (at: 0 | 1 | 2): unknown[] => tables.map((table) => table[at]);
  const rows = await prepared<ReleaseFigure & { release: number }>(
    source,
    `SELECT release_number AS release, ${FIGURE_COLUMNS} FROM release.figure
     WHERE (release_number, metric, tbl) IN (SELECT * FROM unnest($1::int[], $2::text[], $3::text[]))
     ORDER BY release_number, metric, tbl, period, cell`,
    [column(0), column(1), column(2)],
  );
  const found = new Map<string, ReleaseFigure[]>();
  for (const { release, ...figure } of rows) {
    const key = keyOf({ ...figure, release });
    const own = found.get(key);
    if (own === undefined) found.set(key, [figure]);
    else own.push(figure);
  }
  return found;
});

function keyOf({ release, metric, tbl }: Pick<WholeTable, 'release' | 'metric' | 'tbl'>): string {
  return JSON.stringify([release, metric, tbl]);
}

const keptBy = new WeakMap<DataSource, ReturnType<typeof openKept>>();
/** About forty megabytes; a table of more than a quarter of it is read anew each time. */
const mostKept = 60_000;

function openKept() {
  const tables = new Map<string, readonly ReleaseFigure[]>();
  let held = 0;
  return {
    find(key: string): readonly ReleaseFigure[] | undefined {
      const found = tables.get(key);
      if (found === undefined) return undefined;
      // The one that was not asked for the longest stands first.
      tables.delete(key);
      tables.set(key, found);
      return found;
    },
    keep(key: string, figures: readonly ReleaseFigure[]): void {
      if (figures.length === 0) return;
      if (figures.length > mostKept / 4 || tables.has(key)) return;
      tables.set(key, figures);
      held += figures.length;
      for (const [oldest, its] of tables) {
        if (held <= mostKept) return;
        tables.delete(oldest);
        held -= its.length;
      }
    },
  };
}

async function readTwin(
  source: DataSource,
  { release, metric, tbl }: WholeTable,
  county: string,
): Promise<readonly ReleaseFigure[]> {
  const read = `SELECT ${FIGURE_COLUMNS} FROM release.county_figure
    WHERE release_number = $1 AND metric = $2 AND tbl = $3 AND county_fips = $4 ORDER BY period, cell`;
  return readPreparedRows<ReleaseFigure>(source, { county }, read, [release, metric, tbl, county]);
}

/** As every file and every answer has them. */
export const FIGURE_COLUMNS = `metric, version, tbl, period, cell, dims, numerator::float8 AS numerator,
  denominator::float8 AS denominator, value, lower, upper, status, footnotes`;
