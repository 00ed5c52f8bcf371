/**
 * Figures that a stage worked out instead of SQL: the estimates of the hidden population. Only what may leave the hub
 * comes here, rounded; counts, models and draws stay in the steward's annex.
 */
import type { PoolClient } from 'pg';
import type { Metric } from '../../src/contracts/metric.ts';
import type { CandidateFigure } from '../../src/disclosure/catalogue/candidate.ts';
import { linkageBy } from './linkage-by.ts';

export interface KeptEstimate {
  readonly period: string;
  readonly linkage: number;
  readonly refused: boolean;
  readonly reasons: readonly string[];
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  /** The fewest young people that two of the lists share, in the linkage or a draw of it. */
  readonly leastOverlap: number | null;
}

/** From n1, n2 and N everybody can work out m, so m itself must be a count that may be shown. */
const LEAST_OVERLAP = 11;
const ROUNDED_TO = 10;

export async function estimateFigures(
  client: PoolClient,
  metric: Metric,
  years: readonly string[],
  missing: string | undefined,
  knownThen: string | undefined,
): Promise<readonly CandidateFigure[]> {
  const kept =
    missing === undefined ? await newestEstimates(client, knownThen) : new Map<string, KeptEstimate>();
  const linkage = await linkageBy(client, knownThen);
  return years.map((period) => estimateFigure(metric, period, kept.get(period), linkage, missing));
}

export function estimateFigure(
  metric: Pick<Metric, 'id' | 'version'>,
  period: string,
  kept: KeptEstimate | undefined,
  linkage: number | null,
  missing: string | undefined,
): CandidateFigure {
  const place = { metric: metric.id, version: metric.version, tbl: 'all', period, cell: 'all', dims: {} };
  const none = { numerator: null, denominator: null, value: null, lower: null, upper: null };
  const reason = missing ?? whyNot(kept, linkage);
  if (reason !== undefined) return { ...place, ...none, status: 'not_available', reason };
  const { value, lower, upper } = kept as KeptEstimate;
  return {
    ...place,
    ...none,
    value: rounded(value, Math.round),
    lower: rounded(lower, Math.floor),
    upper: rounded(upper, Math.ceil),
    status: 'counted',
    reason: 'An estimate, rounded; read it as "at least about".',
  };
}

function whyNot(kept: KeptEstimate | undefined, linkage: number | null): string | undefined {
  if (kept === undefined) return 'no estimate was made for this year';
  if (kept.linkage !== linkage) return 'the estimate rests on an earlier linkage and has to be made again';
  if (kept.refused || kept.value === null)
    return `no figure: ${kept.reasons.map(inWords).join('; ') || 'the lists cannot carry an estimate'}`;
  if (kept.leastOverlap === null || kept.leastOverlap < LEAST_OVERLAP)
    return `withheld: two of the lists share fewer than ${LEAST_OVERLAP} young people`;
  return undefined;
}

/** A reason names numbers after its code, some of them counts of the lists; what leaves the hub are the words alone. */
function inWords(reason: string): string {
  const words = Object.entries(WORDS).find(([code]) => reason.includes(code))?.[1];
  return words ?? 'the lists cannot carry an estimate';
}

const WORDS: Readonly<Record<string, string>> = {
  TOO_FEW_LISTS: 'fewer than three lists share young people with another',
  OVERLAP_TOO_THIN: `fewer than ${LEAST_OVERLAP} young people are on more than one list`,
  FAMILIES_DISAGREE: 'the ways of estimating disagree by more than a factor of two',
  GRID_EDGE: 'the lists say nothing against any number',
  NO_MLE: 'the overlaps that an estimate needs are empty',
  NOT_IDENTIFIABLE: 'the lists cannot tell different numbers apart',
  LINKAGE_DRAWS: 'too many possible linkages give no estimate',
};

function rounded(value: number | null, how: (value: number) => number): number | null {
  return value === null ? null : how(value / ROUNDED_TO) * ROUNDED_TO;
}

/** By now, or by the end of an earlier day. */
async function newestEstimates(
  client: PoolClient,
  knownThen: string | undefined,
): Promise<ReadonlyMap<string, KeptEstimate>> {
  const { rows } = await client.query<Omit<KeptEstimate, 'leastOverlap'> & { tables: Counted[] | null }>(
    `SELECT DISTINCT ON (period) period, linkage, refused, reasons, value, lower, upper,
            jsonb_build_array(annex::jsonb -> 'table') || coalesce(annex::jsonb -> 'draws', '[]') AS tables
     FROM measures.estimate
     WHERE county = 'all' AND ($1::date IS NULL OR made_at < ($1::date + 1)::timestamptz) ORDER BY period, made_at DESC`,
    [knownThen ?? null],
  );
  return new Map(
    rows.map(({ tables, ...row }) => [row.period, { ...row, leastOverlap: leastOverlap(tables ?? []) }]),
  );
}

interface Counted {
  readonly lists: readonly string[];
  readonly counts: readonly number[];
}

/** The histories of a table are numbered by their lists, one bit for each. */
export function leastOverlap(tables: readonly Counted[]): number | null {
  const overlaps = tables.flatMap(({ lists, counts }) =>
    lists.flatMap((_, one) =>
      lists
        .slice(0, one)
        .map((__, other) =>
          counts.reduce(
            (sum, count, history) => ((history >> one) & (history >> other) & 1 ? sum + count : sum),
            0,
          ),
        ),
    ),
  );
  return overlaps.length === 0 ? null : Math.min(...overlaps);
}
