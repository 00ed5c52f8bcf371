/**
 * How the work of the hub stands, as gauges. Counts of rows are of young people's records: they are given by the least
 * number of their band, as readers see them who did not send the rows.
 */
import type { DataSource } from 'typeorm';
import { bandFloor } from '../../access/band.ts';
import { transaction } from '../../db/transaction.ts';

export interface WorkMetric {
  readonly name: string;
  readonly help: string;
  readonly labels: readonly string[];
  readonly values: readonly { readonly of: Record<string, string>; readonly value: number }[];
}

interface Found {
  readonly sources: readonly { agency: string; extract: string; seconds: number }[];
  readonly feeds: readonly { agency: string; rows: number; rejected: number }[];
  readonly stages: readonly { stage: string; seconds: number; rows: number; succeeded: boolean }[];
  readonly alerts: readonly { alert: string; level: string; n: number }[];
  readonly jobs: { readonly waiting: number; readonly oldest: number };
  readonly night: number | null;
  readonly release: number | null;
}

export async function workMetrics(api: DataSource): Promise<readonly WorkMetric[]> {
  const found = await transaction(
    api,
    async ({ client }) => {
      const one = async <T>(sql: string): Promise<T> =>
        (await client.query<{ found: T }>(sql)).rows[0]?.found as T;
      return {
        sources: await one<Found['sources']>(
          `SELECT coalesce(json_agg(json_build_object('agency', source_agency, 'extract', extract_kind, 'seconds',
           extract(epoch FROM clock_timestamp() - loaded_at))), '[]') AS found
         FROM (SELECT source_agency, extract_kind, max(loaded_at) AS loaded_at FROM ops.delivery GROUP BY 1, 2) newest`,
        ),
        feeds: await one<Found['feeds']>(
          `SELECT coalesce(json_agg(json_build_object('agency', source_agency, 'rows', rows, 'rejected', rejected)), '[]') AS found
         FROM (SELECT DISTINCT ON (d.source_agency) d.source_agency, (SELECT sum(rows) FROM ops.delivery_file f WHERE f.delivery = d.id) AS rows,
             (SELECT sum(rejected) FROM ops.delivery_file f WHERE f.delivery = d.id) AS rejected
           FROM ops.delivery d ORDER BY d.source_agency, d.id DESC) newest`,
        ),
        stages: await one<Found['stages']>(
          `SELECT coalesce(json_agg(json_build_object('stage', stage, 'seconds', extract(epoch FROM ended_at - started_at),
           'rows', accepted, 'succeeded', outcome IN ('succeeded', 'unchanged'))), '[]') AS found
         FROM ops.night_stage WHERE ended_at IS NOT NULL
           AND run_id = (SELECT id FROM ledger.run WHERE kind = 'night' ORDER BY started_at DESC LIMIT 1)`,
        ),
        alerts: await one<Found['alerts']>(
          `SELECT coalesce(json_agg(json_build_object('alert', alert, 'level', level, 'n', n)), '[]') AS found
         FROM (SELECT alert, level, count(*) AS n FROM ops.alert WHERE cleared_at IS NULL GROUP BY 1, 2) open`,
        ),
        jobs: await one<Found['jobs']>(
          `SELECT json_build_object('waiting', count(*), 'oldest', coalesce(extract(epoch FROM clock_timestamp() - min(asked_at)), 0)) AS found
         FROM ops.asked_job WHERE ended_at IS NULL`,
        ),
        night: await one<Found['night']>(
          `SELECT extract(epoch FROM clock_timestamp() - max(ended_at))::float8 AS found FROM ledger.run
         WHERE kind = 'night' AND outcome IN ('succeeded', 'refused')`,
        ),
        release: await one<Found['release']>(
          `SELECT extract(epoch FROM clock_timestamp() - max(published_at))::float8 AS found FROM release.release
         WHERE state <> 'withdrawn'`,
        ),
      } satisfies Found;
    },
    { county: '*' },
  );
  return metricsOf(found);
}

function metricsOf({ sources, feeds, stages, alerts, jobs, night, release }: Found): readonly WorkMetric[] {
  const alone = (name: string, help: string, value: number | null): WorkMetric => ({
    name,
    help,
    labels: [],
    values: value === null ? [] : [{ of: {}, value }],
  });
  const each = <T>(
    name: string,
    help: string,
    rows: readonly T[],
    of: (row: T) => Record<string, string>,
    value: (row: T) => number,
  ): WorkMetric => ({
    name,
    help,
    labels: rows[0] === undefined ? [] : Object.keys(of(rows[0])),
    values: rows.map((row) => ({ of: of(row), value: value(row) })),
  });
  const agency = ({ agency: name }: { agency: string }) => ({ agency: name });
  const stage = ({ stage: name }: { stage: string }) => ({ stage: name });
  return [
    each(
      'tessera_source_age_seconds',
      'Since a source’s newest delivery was loaded',
      sources,
      ({ agency: a, extract }) => ({ agency: a, extract }),
      ({ seconds }) => seconds,
    ),
    each(
      'tessera_source_rows_band',
      'Rows of a source’s newest delivery, the least count of their band',
      feeds,
      agency,
      ({ rows }) => bandFloor(rows),
    ),
    each(
      'tessera_source_rejects_band',
      'Rejected rows of it, the least count of their band',
      feeds,
      agency,
      ({ rejected }) => bandFloor(rejected),
    ),
    each(
      'tessera_night_stage_seconds',
      'How long each stage of the newest night took',
      stages,
      stage,
      ({ seconds }) => seconds,
    ),
    each(
      'tessera_night_stage_rows_band',
      'What each stage accepted, the least count of its band',
      stages,
      stage,
      ({ rows }) => bandFloor(rows),
    ),
    each(
      'tessera_night_stage_ok',
      '1 where the stage succeeded or had nothing to do',
      stages,
      stage,
      ({ succeeded }) => Number(succeeded),
    ),
    each(
      'tessera_alerts_open',
      'Alerts that are open',
      alerts,
      ({ alert, level }) => ({ alert, level }),
      ({ n }) => n,
    ),
    alone('tessera_jobs_waiting', 'Jobs that people asked for and that are not over', jobs.waiting),
    alone('tessera_jobs_lag_seconds', 'Since the oldest of them was asked for', jobs.oldest),
    alone('tessera_night_age_seconds', 'Since a night last came to its end', night),
    alone('tessera_release_age_seconds', 'Since the newest release that stands was made', release),
  ];
}
