/** Drafts: opened by somebody, or by the hub once a year has its final release. */
import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { uuidOf } from '../access/named-id.ts';
import { type Claims, transaction } from '../db/transaction.ts';
import { NotFound, Refused } from '../errors.ts';
import { type EditionState, isPeriodOf, type ReportEdition, type Subject } from './edition.ts';
import { type Actor, addStep } from './edition-steps.ts';
import { absent } from './editions-seen.ts';

export interface Newest {
  readonly id: string;
  readonly number: number;
  readonly release: number;
  readonly state: EditionState;
}

export type DraftPlan =
  | { readonly do: 'open'; readonly number: number }
  | { readonly do: 'move'; readonly edition: string }
  | { readonly do: 'nothing' };

/**
 * What a release asks of a report. One in review is left alone: whoever returns it finds the newer release then. One
 * that was published is corrected by a new edition, which says why.
 */
export function planDraft(newest: Newest | undefined, release: number): DraftPlan {
  if (newest === undefined) return { do: 'open', number: 1 };
  if (newest.release >= release) return { do: 'nothing' };
  if (newest.state === 'draft') return { do: 'move', edition: newest.id };
  return newest.state === 'review' ? { do: 'nothing' } : { do: 'open', number: newest.number + 1 };
}

/** By hand: of the newest release of the year, or of any that stands. An edition after the first says what it corrects. */
export async function openDraft(
  api: DataSource,
  claims: Claims,
  asked: Subject & { readonly release?: number | undefined; readonly because: string | null },
  by: Actor,
): Promise<string> {
  if (claims.county !== '*' && claims.county !== asked.county) absent();
  if (!isPeriodOf(asked.report, asked.year))
    throw new Refused(
      'YEAR',
      'A report is of a year such as 2025; a pack also of a quarter, such as 2025-Q3.',
    );
  return transaction(
    api,
    async ({ client }) => {
      const release = await releaseFor(client, asked.year, asked.release);
      const newest = await newestOf(client, asked);
      if (newest === undefined) return open(client, asked, { release, number: 1, because: null }, by);
      if (newest.state === 'draft' && newest.release !== release) await move(client, newest.id, release, by);
      if (newest.state !== 'published') return newest.id;
      const because = asked.because?.trim() ?? '';
      if (because === '' || because.length > 2000)
        throw new Refused(
          'BECAUSE',
          'There is an edition already; a new one says why, in 1 to 2000 characters.',
        );
      return open(client, asked, { release, number: newest.number + 1, because }, by);
    },
    claims,
  );
}

/** Of every final release of a year that stands: what was drafted before is found drafted. Answers how many are new. */
export async function draftsAfterRelease(publisher: DataSource): Promise<number> {
  return transaction(
    publisher,
    async ({ client }) => {
      let drafted = 0;
      for (const { number, period } of await finalReleases(client))
        for (const subject of await subjectsOf(client, number, period)) {
          const planned = planDraft(await newestOf(client, subject), number);
          if (planned.do === 'open') {
            await open(client, subject, { release: number, number: planned.number, because: null });
            drafted += 1;
          }
          if (planned.do === 'move') await move(client, planned.edition, number);
        }
      return drafted;
    },
    { county: '*' },
  );
}

/** The newest of each year. */
async function finalReleases(client: PoolClient): Promise<{ number: number; period: string }[]> {
  const { rows } = await client.query<{ number: number; period: string }>(
    `SELECT DISTINCT ON (period) number, period FROM release.release
     WHERE state = 'final' AND period ~ '^20[0-9]{2}$' ORDER BY period, number DESC`,
  );
  return rows;
}

/** The state's report and brief, and the report of every county whose agencies sent anything of that year. */
async function subjectsOf(client: PoolClient, release: number, year: string): Promise<Subject[]> {
  const { rows } = await client.query<{ county: string }>(
    `SELECT DISTINCT dims ->> 'county' AS county FROM release.figure
     WHERE release_number = $1 AND tbl = 'county' AND period = $2 AND dims ->> 'county' ~ '^06[0-9]{3}$'
       AND (status = 'hidden' OR value <> 0) ORDER BY county`,
    [release, year],
  );
  return [
    { report: 'annual', county: 'state', year },
    { report: 'brief', county: 'state', year },
    ...rows.map(({ county }) => ({ report: 'annual' as const, county, year })),
  ];
}

async function newestOf(client: PoolClient, { report, county, year }: Subject): Promise<Newest | undefined> {
  const { rows } = await client.query<Newest>(
    `SELECT id, number, release_number AS release, state FROM report.edition
     WHERE report = $1 AND county_fips = $2 AND year = $3 ORDER BY number DESC LIMIT 1`,
    [report, county, year],
  );
  return rows[0];
}

/** Two who open the same at once open one. */
async function open(
  client: PoolClient,
  { report, county, year }: Subject,
  { release, number, because }: Pick<ReportEdition, 'release' | 'number' | 'because'>,
  by?: Actor,
): Promise<string> {
  const id = uuidOf('edition', report, county, year, String(number));
  const { rowCount } = await client.query(
    `INSERT INTO report.edition (id, report, county_fips, year, number, release_number, because)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING`,
    [id, report, county, year, number, release, because],
  );
  if (rowCount === 1) await addStep(client, id, 1, { id: randomUUID(), step: 'opened', words: null, by });
  return id;
}

async function move(client: PoolClient, edition: string, release: number, by?: Actor): Promise<void> {
  await client.query('UPDATE report.edition SET release_number = $2 WHERE id = $1', [edition, release]);
  const { rows } = await client.query<{ steps: number }>(
    'SELECT count(*)::int AS steps FROM report.step WHERE edition_id = $1',
    [edition],
  );
  const step = { id: randomUUID(), step: 'moved', words: String(release), by } as const;
  await addStep(client, edition, (rows[0]?.steps ?? 0) + 1, step);
}

/** Whatever is not final says so on the report's first page. */
async function releaseFor(client: PoolClient, year: string, asked: number | undefined): Promise<number> {
  const { rows } = await client.query<{ number: number }>(
    `SELECT number FROM release.release WHERE state <> 'withdrawn' AND ($1::int IS NULL OR number = $1)
     ORDER BY (period = $2 AND state = 'final') DESC NULLS LAST, (period = $2) DESC NULLS LAST, number DESC LIMIT 1`,
    [asked ?? null, year],
  );
  if (rows[0] !== undefined) return rows[0].number;
  throw new NotFound('NO_RELEASE', 'There is no such release that stands, so there is nothing to report.', {
    remedy: 'The steward makes a release; /releases lists those that there are.',
  });
}
