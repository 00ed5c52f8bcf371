import type { ClientBase } from 'pg';
import type { DataSource } from 'typeorm';
import { NotFound } from '../../errors.ts';
import type { Candidate, CandidateFigure } from '../catalogue/candidate.ts';
import { type EarlierRelease } from '../earlier.ts';
import { ReleaseEntity } from '../release.entity.ts';
import { asEarlier, type Evidence } from './evidence.ts';
import type { GroupSuppression, ReleaseFigure } from './release-figures.ts';
import type { Signed } from './signature.ts';

/** The day of a candidate, without its figures. */
export async function knownOnOf(publisher: DataSource, id?: string): Promise<string> {
  const [row] = await publisher.query<{ knownOn: string }[]>(
    `SELECT known_on::text AS "knownOn" FROM measures.candidate WHERE CASE WHEN $1::text IS NULL THEN current ELSE id = $1 END`,
    [id ?? null],
  );
  if (row === undefined) throw noCandidate();
  return row.knownOn;
}

function noCandidate(): NotFound {
  return new NotFound('NO_CANDIDATE', 'There is no candidate to make a release of.', {
    remedy: 'Measure first: npx tessera measure',
  });
}

/** The candidate that the last night made, or one by its id. */
export async function storedCandidate(publisher: DataSource, id?: string): Promise<Candidate> {
  const [row] = await publisher.query<
    (Omit<Candidate, 'figures'> & { definitions: Record<string, number> })[]
  >(
    `SELECT id, known_on::text AS "knownOn", facts_hash AS "factsHash", linkage_version AS "linkageVersion",
            code_version AS "codeVersion", definitions
     FROM measures.candidate WHERE CASE WHEN $1::text IS NULL THEN current ELSE id = $1 END`,
    [id ?? null],
  );
  if (row === undefined) throw noCandidate();
  const figures = await publisher.query<CandidateFigure[]>(
    `SELECT metric, version, tbl, period, cell, dims, numerator::float8 AS numerator, denominator::float8 AS denominator,
            value, lower, upper, status, reason
     FROM measures.figure WHERE candidate_id = $1 ORDER BY metric, tbl, period, cell`,
    [row.id],
  );
  return { ...row, figures };
}

export async function allReleases(source: DataSource): Promise<ReleaseEntity[]> {
  return source.getRepository(ReleaseEntity).find({ order: { number: 'ASC' } });
}

export async function oneRelease(source: DataSource, number: number): Promise<ReleaseEntity> {
  const found = await source.getRepository(ReleaseEntity).findOneBy({ number });
  if (found === null)
    throw new NotFound('NO_RELEASE', `There is no release ${number}.`, {
      remedy: 'npx tessera release list shows those that there are.',
    });
  return found;
}

/** Every release before a number, withdrawn ones too: what has been seen cannot be taken back. */
export async function earlierReleases(
  publisher: DataSource,
  before: number = Number.MAX_SAFE_INTEGER,
): Promise<EarlierRelease[]> {
  const rows = await publisher.query<{ number: number; content: string }[]>(
    `SELECT c.release_number AS number, e.content FROM release.certificate c JOIN release.evidence e ON e.id = c.evidence_id
     WHERE c.release_number < $1 ORDER BY c.release_number`,
    [Math.min(before, 2_147_483_647)],
  );
  return rows.map(({ number, content }) => asEarlier(number, JSON.parse(content) as Evidence));
}

export async function evidenceOfRelease(
  publisher: DataSource,
  number: number,
): Promise<{ readonly evidence: Evidence; readonly candidateId: string; readonly runs: readonly string[] }> {
  const [row] = await publisher.query<
    { content: string; candidate_id: string; planned: string; released: string }[]
  >(
    `SELECT e.content, e.candidate_id, e.run_id AS planned, c.run_id AS released
     FROM release.certificate c JOIN release.evidence e ON e.id = c.evidence_id WHERE c.release_number = $1`,
    [number],
  );
  if (row === undefined) throw new NotFound('NO_EVIDENCE', `Release ${number} has no evidence in this hub.`);
  return {
    evidence: JSON.parse(row.content) as Evidence,
    candidateId: row.candidate_id,
    runs: [...new Set([row.planned, row.released])],
  };
}

const FIGURE_COLUMNS = `metric text, version integer, tbl text, period text, cell text, dims jsonb, numerator bigint,
  denominator bigint, value float8, lower float8, upper float8, status text, footnotes text[]`;
const FIGURE_NAMES = FIGURE_COLUMNS.replaceAll(/ (text\[\]|text|integer|jsonb|bigint|float8)/g, '');
/** As many rows as one statement carries. */
const AT_ONCE = 5000;

export async function storeFigures(
  client: ClientBase,
  number: number,
  figures: readonly ReleaseFigure[],
  county?: string,
): Promise<void> {
  const [table, names, values] =
    county === undefined
      ? ['release.figure', 'release_number', '$1']
      : ['release.county_figure', 'release_number, county_fips', '$1, $3'];
  for (let at = 0; at < figures.length; at += AT_ONCE)
    await client.query(
      `INSERT INTO ${table} (${names}, ${FIGURE_NAMES})
       SELECT ${values}, ${FIGURE_NAMES} FROM jsonb_to_recordset($2) AS f (${FIGURE_COLUMNS})`,
      [number, JSON.stringify(figures.slice(at, at + AT_ONCE)), ...(county === undefined ? [] : [county])],
    );
}

export async function storedFigures(
  client: ClientBase,
  number: number,
  county?: string,
): Promise<ReleaseFigure[]> {
  const { rows } = await client.query<ReleaseFigure>(
    `SELECT metric, version, tbl, period, cell, dims, numerator::float8 AS numerator, denominator::float8 AS denominator,
            value, lower, upper, status, footnotes
     FROM release.${county === undefined ? 'figure' : 'county_figure'}
     WHERE release_number = $1 ${county === undefined ? '' : 'AND county_fips = $2'} ORDER BY metric, tbl, period, cell`,
    county === undefined ? [number] : [number, county],
  );
  return rows;
}

export interface StoredAudience extends Signed {
  readonly audience: string;
  readonly figures: number;
  readonly hidden: number;
}

export async function storedAudiences(source: DataSource, number: number): Promise<StoredAudience[]> {
  return source.query(
    `SELECT audience, figures, hidden, sha256, signature FROM release.audience
     WHERE release_number = $1 ORDER BY audience DESC`,
    [number],
  );
}

export async function storedSuppression(source: DataSource, number: number): Promise<GroupSuppression[]> {
  return source.query(
    `SELECT dimension, member, figures, hidden, pooled FROM release.suppression
     WHERE release_number = $1 ORDER BY dimension, member`,
    [number],
  );
}

/** The tables of a release, and how much of each is hidden. */
export async function storedTables(
  source: DataSource,
  number: number,
): Promise<{ metric: string; tbl: string; figures: number; hidden: number }[]> {
  return source.query(
    `SELECT metric, tbl, count(*)::int AS figures, (count(*) FILTER (WHERE status = 'hidden'))::int AS hidden
     FROM release.figure WHERE release_number = $1 GROUP BY metric, tbl ORDER BY metric, tbl`,
    [number],
  );
}
