/** What the database knows that alerts are about. */
import type { DataSource } from 'typeorm';
import { holdsInForce } from '../../src/runs/holds.ts';
import type { Observed } from './findings.ts';

type FromDatabase = Pick<Observed, 'now' | 'newest' | 'feeds' | 'held' | 'lastNight'>;

/** How many deliveries a feed needs before it has something usual. */
const ENOUGH = 5;

export async function observeDatabase(loader: DataSource): Promise<FromDatabase> {
  const [clock] = await loader.query<[{ now: Date }]>('SELECT clock_timestamp() AS now');
  const newest = await loader.query<Observed['newest']>(
    `SELECT DISTINCT ON (source_agency, extract_kind) source_agency AS agency, extract_kind AS extract,
       loaded_at AS "loadedAt", as_of AS "asOf"
     FROM ops.delivery ORDER BY source_agency, extract_kind, id DESC`,
  );
  const feeds = await loader.query<Observed['feeds']>(
    `WITH each AS (
       SELECT d.id, d.source_agency AS agency, f.record, d.extract_kind, sum(f.rows)::float8 AS rows,
         sum(f.rejected)::float8 AS rejected,
         row_number() OVER (PARTITION BY d.source_agency, f.record, d.extract_kind ORDER BY d.id DESC) AS back
       FROM ops.delivery d JOIN ops.delivery_file f ON f.delivery = d.id
       GROUP BY d.id, f.record)
     SELECT now.agency, now.record, now.rows, now.rejected,
       (SELECT CASE WHEN count(*) >= ${ENOUGH} THEN percentile_cont(0.5) WITHIN GROUP (ORDER BY e.rows) END
        FROM each e WHERE e.agency = now.agency AND e.record = now.record AND e.extract_kind = now.extract_kind
          AND e.back BETWEEN 2 AND 29) AS "usualRows"
     FROM each now WHERE back = 1
       AND now.id = (SELECT max(id) FROM ops.delivery d WHERE d.source_agency = now.agency AND d.extract_kind = now.extract_kind)`,
  );
  const holding = await holdsInForce(loader);
  const held = new Set([...holding.sources, ...(holding.of('night') === undefined ? [] : ['night'])]);
  return { now: clock.now, newest, feeds, held, lastNight: await lastNight(loader) };
}

/** A refused delivery is its agency's matter, and what stops the purge stops nothing else. */
const ENDED_EARLY = `outcome = 'failed' OR (outcome = 'refused' AND stage NOT IN ('agree', 'verify', 'validate', 'load', 'purge'))`;

/** The night that asks this is at its last stage: what it came to is known. One that is on its way says nothing yet. */
async function lastNight(loader: DataSource): Promise<Observed['lastNight']> {
  const nights = await loader.query<
    { startedAt: Date; stage: string | null; code: string | null; going: boolean }[]
  >(
    `SELECT run.started_at AS "startedAt", bad.stage, bad.code, run.outcome = 'running'
       AND NOT EXISTS (SELECT FROM ops.night_stage WHERE run_id = run.id AND stage = 'notify') AS going
     FROM ledger.run LEFT JOIN LATERAL (
       SELECT stage, code FROM ops.night_stage WHERE run_id = run.id AND (${ENDED_EARLY}) ORDER BY place LIMIT 1) bad ON true
     WHERE kind = 'night' ORDER BY run.started_at DESC LIMIT 2`,
  );
  const [newest, before] = nights;
  if (newest === undefined) return null;
  const ended = newest.stage === null && newest.going ? before : newest;
  const stage = ended?.stage ?? null;
  return {
    startedAt: newest.startedAt,
    failed: ended === undefined || stage === null ? null : { ...ended, stage },
  };
}
