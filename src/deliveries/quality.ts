/**
 * What deliveries came to, feed by feed, with what is usual there: counts, never a value. A feed is what one agency
 * sends of one record type, whole or as changes, since whole extracts and changes are of other sizes.
 */
import type { DataSource } from 'typeorm';
import { type Trend, trendOf } from './trend.ts';

export interface FeedQuality {
  readonly agency: string;
  readonly record: string;
  readonly kind: 'full' | 'delta';
  /** From the oldest to the newest. */
  readonly deliveries: readonly DeliveryQuality[];
  readonly rules: readonly RuleQuality[];
}

export interface DeliveryQuality {
  readonly delivery: string;
  readonly asOf: string;
  readonly rows: Trend;
  readonly accepted: number;
  readonly rejected: number;
  /** Rows that wait for another. */
  readonly quarantined: number;
  /** Rejected rows among all; a delivery without rows has no share, and none that it could change. */
  readonly rejectedShare: Trend;
}

export interface RuleQuality {
  readonly rule: string;
  readonly severity: string;
  /** Rows that break the rule, for each delivery of the feed in its order; 0 where none did. */
  readonly series: readonly Trend[];
}

interface DeliveryRow {
  readonly agency: string;
  readonly record: string;
  readonly kind: 'full' | 'delta';
  readonly id: string;
  readonly delivery: string;
  readonly asOf: string;
  readonly rows: string;
  readonly accepted: string;
  readonly rejected: string;
  readonly quarantined: string;
}

interface RuleRow {
  readonly id: string;
  readonly record: string;
  readonly rule: string;
  readonly severity: string;
  readonly n: string;
}

/** Rows that wait are told by rule to whoever reads the rows themselves; others see how many there are. */
const waitingByRule = `
     SELECT delivery, record, rule, 'quarantine', count(*) FROM events.quarantine
     WHERE delivery = ANY($1) GROUP BY delivery, record, rule
     UNION ALL`;

export async function qualityOf(
  source: Pick<DataSource, 'query'>,
  agency?: string,
  sees: 'rows' | 'counts' = 'rows',
): Promise<readonly FeedQuality[]> {
  const deliveries = await source.query<DeliveryRow[]>(
    `SELECT d.source_agency AS agency, f.record, d.extract_kind AS kind, d.id, d.delivery_id AS delivery,
       to_json(d.as_of AT TIME ZONE 'UTC') #>> '{}' || 'Z' AS "asOf", sum(f.rows) AS rows, sum(f.accepted) AS accepted,
       sum(f.rejected) AS rejected, sum(f.quarantined) AS quarantined
     FROM ops.delivery d JOIN ops.delivery_file f ON f.delivery = d.id
     WHERE $1::text IS NULL OR d.source_agency = $1
     GROUP BY d.id, f.record ORDER BY d.source_agency, f.record, d.extract_kind, d.id`,
    [agency ?? null],
  );
  const rules = await source.query<RuleRow[]>(
    `SELECT f.delivery AS id, f.record, r.rule, 'reject_row' AS severity, count(DISTINCT (r.file, r.line)) AS n
     FROM ops.reject r JOIN ops.delivery_file f ON f.delivery = r.delivery AND f.file = r.file
     WHERE r.delivery = ANY($1) GROUP BY f.delivery, f.record, r.rule
     UNION ALL ${sees === 'rows' ? waitingByRule : ''}
     SELECT delivery, record, rule, severity, rows FROM ops.finding WHERE delivery = ANY($1)
     ORDER BY rule, severity`,
    [[...new Set(deliveries.map((row) => row.id))]],
  );
  const feeds = Map.groupBy(deliveries, ({ agency: of, record, kind }) => `${of} ${record} ${kind}`);
  return [...feeds.values()].map((series) => feedOf(series, rules));
}

function feedOf(series: readonly DeliveryRow[], rules: readonly RuleRow[]): FeedQuality {
  const { agency = '', record = '', kind = 'delta' } = series[0] ?? {};
  const rows = trendOf(series.map((one) => Number(one.rows)));
  const shares = trendOf(series.map((one) => Number(one.rejected) / Math.max(1, Number(one.rows))));
  const own = new Set(series.map(({ id }) => id));
  const found = rules.filter((rule) => rule.record === record && own.has(rule.id));
  return {
    agency,
    record,
    kind,
    deliveries: series.map((one, at) => ({
      delivery: one.delivery,
      asOf: one.asOf,
      rows: rows[at] as Trend,
      accepted: Number(one.accepted),
      rejected: Number(one.rejected),
      quarantined: Number(one.quarantined),
      rejectedShare: shares[at] as Trend,
    })),
    rules: [...Map.groupBy(found, ({ rule, severity }) => `${rule} ${severity}`).values()].map((ofRule) => {
      const counts = new Map(ofRule.map(({ id, n }) => [id, Number(n)]));
      const { rule = '', severity = '' } = ofRule[0] ?? {};
      return { rule, severity, series: trendOf(series.map(({ id }) => counts.get(id) ?? 0)) };
    }),
  };
}
