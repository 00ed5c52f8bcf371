import type { RecordType } from '../../../src/contracts/record.ts';
import { type AskedRow, askedRow, type StoredRows } from './asked-row.ts';
import { literal, momentLiteral, texts } from './sql.ts';

/** Fewer deliveries than this have no median worth the name, and fewer answers no share. */
const FEWEST_DELIVERIES = 3;
const FEWEST_ANSWERS = 30;

/** Feeds whose latest delivery has far more or far fewer rows than usual. A feed is an agency's rows of one record. */
export function volumeBreaks(
  rows: StoredRows,
  record: RecordType,
  test: { readonly days: number; readonly share: number },
): string {
  return `
    SELECT latest.source_agency, NULL::text AS source_record_id
    FROM (SELECT DISTINCT ON (source_agency) * FROM ${rows.deliveries} d
      WHERE d.record = ${literal(record.name)} ORDER BY source_agency, received_at DESC) latest
    CROSS JOIN LATERAL (
      SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY d.rows) AS usual, count(*) AS deliveries
      FROM ${rows.deliveries} d
      WHERE d.record = ${literal(record.name)} AND d.source_agency = latest.source_agency
        AND d.received_at < latest.received_at
        AND d.received_at >= latest.received_at - interval '${test.days} days') earlier
    WHERE earlier.deliveries >= ${FEWEST_DELIVERIES}
      AND abs(latest.rows - earlier.usual) > ${test.share} * earlier.usual`;
}

/** Feeds that are sent every night and fell silent; a monthly feed is silent by nature. */
export function silenceBreaks(
  rows: StoredRows,
  record: RecordType,
  test: { readonly hours: number },
): string | undefined {
  if (!record.cadence.startsWith('nightly')) return undefined;
  return `
    SELECT d.source_agency, NULL::text AS source_record_id FROM ${rows.deliveries} d
    WHERE d.record = ${literal(record.name)} GROUP BY d.source_agency
    HAVING max(d.received_at) < ${momentLiteral(rows.asOf).sql} - interval '${test.hours} hours'`;
}

/** Agencies whose answers to a demographic question became non-answers, from one month to the next. */
export function trendBreaks(
  rows: StoredRows,
  record: RecordType,
  test: { readonly codes: readonly string[]; readonly points: number },
): readonly string[] {
  const asOf = momentLiteral(rows.asOf).sql;
  const row = askedRow(rows, record.name, 't');
  return record.fields
    .filter((field) => field.codes !== undefined && ['demographic', 'sogi'].includes(field.sensitivity))
    .filter((field) =>
      rows.contracts.codeLists.get(field.codes ?? '')?.codes.some((code) => test.codes.includes(code.code)),
    )
    .map((field) => {
      const unanswered = isNoAnswer(row, field.name, field.several, test.codes);
      const share = (month: string): string =>
        `count(*) FILTER (WHERE ${month} AND ${unanswered}) * 100.0 / nullif(count(*) FILTER (WHERE ${month}), 0)`;
      const updated = 't.source_updated_at';
      const now = `${updated} > ${asOf} - interval '1 month'`;
      const before = `NOT (${now})`;
      return `
        SELECT t.source_agency, NULL::text AS source_record_id FROM ${row.from()}
        WHERE ${updated} > ${asOf} - interval '2 months' AND ${updated} <= ${asOf}
          AND ${row.column(field.name)} IS NOT NULL
        GROUP BY t.source_agency
        HAVING count(*) FILTER (WHERE ${now}) >= ${FEWEST_ANSWERS}
          AND count(*) FILTER (WHERE ${before}) >= ${FEWEST_ANSWERS}
          AND ${share(now)} - ${share(before)} > ${test.points}`;
    });
}

function isNoAnswer(row: AskedRow, name: string, several: boolean, codes: readonly string[]): string {
  return several ? `${row.column(name)} && ${texts(codes)}` : `${row.column(name)} = ANY(${texts(codes)})`;
}
