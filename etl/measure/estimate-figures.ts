/**
 * Figures that a stage worked out instead of SQL: the estimates of the hidden population. Only what may leave the hub
 * comes here, rounded; counts, models and draws stay in the steward's annex.
 */
import type { PoolClient } from 'pg';
import type { Metric, MetricTable } from '../../src/contracts/metric.ts';
import type { CandidateFigure } from '../../src/disclosure/catalogue/candidate.ts';
import type { HubAnswer } from '../prevalence/hub-answer.ts';
import { type Beside, type Publishable, publishable, type Rounded } from '../prevalence/publishable.ts';
import { ZONE } from '../validate/calendar.ts';
import { literal } from '../validate/stored/sql.ts';
import { linkageBy } from './linkage-by.ts';

export interface KeptEstimate extends HubAnswer {
  readonly period: string;
  readonly region: string;
  /** `all`, or a characteristic and its value. */
  readonly stratum: string;
  readonly linkage: number;
  /** Something came since that was known on the day that is measured. */
  readonly outdated: boolean;
}

export interface Wanted {
  readonly metric: Metric;
  readonly years: readonly string[];
  /** Why no figure can be given of any year. */
  readonly missing: string | undefined;
  /** The earlier day as of which the facts are, if it is one. */
  readonly knownThen: string | undefined;
  /** By year, how many young people were identified in the state: an estimate of all holds them. */
  readonly identified: ReadonlyMap<string, number>;
}

export async function estimateFigures(
  client: PoolClient,
  wanted: Wanted,
): Promise<readonly CandidateFigure[]> {
  const { metric, years, missing, knownThen, identified } = wanted;
  const kept = missing === undefined ? await newestEstimates(client, knownThen) : [];
  const linkage = (await linkageBy(client, knownThen)) ?? (await linkageBy(client, undefined));
  return metric.tables.flatMap((table) =>
    years.flatMap((period) => {
      const ofYear = kept.filter((one) => one.period === period);
      return cellsOf(table, ofYear).map(({ member, found, tell }) => {
        const reason =
          missing ?? whyNot(found, linkage, member === 'all' ? identified.get(period) : undefined);
        return figureAt(metric, table, period, member, found, tell, reason);
      });
    }),
  );
}

interface Asked {
  readonly member: string;
  readonly found: KeptEstimate | undefined;
  readonly tell: (all: Publishable) => Rounded | undefined;
}

/** The estimate of all, and of each part or by each way that the table tells. */
function cellsOf({ by }: MetricTable, kept: readonly KeptEstimate[]): readonly Asked[] {
  const whole = kept.find(({ region, stratum }) => region === 'all' && stratum === 'all');
  const all: Asked = { member: 'all', found: whole, tell: ({ figure }) => figure };
  const [dimension] = by;
  if (dimension === undefined) return [all];
  const beside = BESIDE[dimension];
  if (beside === undefined) return [all, ...partsBy(dimension, kept)];
  const shown = whole === undefined ? undefined : publishable(whole);
  if (shown === undefined || 'withheld' in shown) return [all];
  const parts = beside(shown).map(
    ({ member }): Asked => ({
      member,
      found: whole,
      tell: (told) => beside(told).find((one) => one.member === member),
    }),
  );
  return [all, ...parts];
}

/** The tables that tell how far the estimate leans on what it assumes. */
const BESIDE: Readonly<Record<string, (all: Publishable) => readonly Beside[]>> = {
  method: ({ byMethod }) => byMethod,
  without: ({ without }) => without,
  odds_ratio: ({ byOddsRatio }) => byOddsRatio,
};

function partsBy(dimension: string, kept: readonly KeptEstimate[]): readonly Asked[] {
  return kept.flatMap((found): Asked[] => {
    const member = dimension === 'region' ? found.region : valueOf(found.stratum, dimension);
    const isPart = dimension === 'region' ? found.stratum === 'all' : found.region === 'all';
    if (!isPart || member === undefined || member === 'all') return [];
    return [{ member, found, tell: ({ figure }) => figure }];
  });
}

function valueOf(stratum: string, dimension: string): string | undefined {
  const [name, value] = stratum.split('=');
  return name === dimension ? value : undefined;
}

function figureAt(
  { id, version }: Pick<Metric, 'id' | 'version'>,
  { by, name }: MetricTable,
  period: string,
  member: string,
  found: KeptEstimate | undefined,
  tell: Asked['tell'],
  missing: string | undefined,
): CandidateFigure {
  const [dimension] = by;
  const dims = dimension === undefined ? {} : { [dimension]: member };
  const cell = dimension === undefined ? 'all' : `${dimension}=${member}`;
  const place = { metric: id, version, tbl: name, period, cell, dims };
  const none = { numerator: null, denominator: null, value: null, lower: null, upper: null };
  const shown = missing === undefined && found !== undefined ? publishable(found) : undefined;
  const reason = missing ?? (shown !== undefined && 'withheld' in shown ? shown.withheld : undefined);
  const rounded = shown === undefined || 'withheld' in shown ? undefined : tell(shown);
  if (rounded === undefined)
    return { ...place, ...none, status: 'not_available', reason: reason ?? 'no estimate was made' };
  return {
    ...place,
    ...none,
    ...rounded,
    status: 'counted',
    reason: 'An estimate, rounded; read it as "at least about".',
  };
}

function whyNot(
  kept: KeptEstimate | undefined,
  linkage: number | null,
  identified: number | undefined,
): string | undefined {
  if (kept === undefined) return 'no estimate was made for this year';
  if (kept.linkage !== linkage) return 'the estimate rests on an earlier linkage and has to be made again';
  if (kept.outdated) return 'the estimate rests on what was known earlier and has to be made again';
  if (identified !== undefined && kept.lower !== null && identified > kept.lower)
    return 'more young people were identified than the estimate would hold; it has to be made again';
  return undefined;
}

const LOADED_ON = `(loaded_at AT TIME ZONE ${literal(ZONE)})::date`;

/**
 * Of each part the newest estimate of what was known on the day that is measured. With --known-on that is an earlier day:
 * an estimate of what came later would not belong to these facts.
 */
async function newestEstimates(
  client: PoolClient,
  knownThen: string | undefined,
): Promise<readonly KeptEstimate[]> {
  const { rows } = await client.query<KeptEstimate>(
    `SELECT DISTINCT ON (period, region, stratum) period, region, stratum, linkage, refused, reasons, value, lower, upper, annex,
            EXISTS (SELECT FROM ops.delivery WHERE ${LOADED_ON} > known_on AND ($1::date IS NULL OR ${LOADED_ON} <= $1)) AS outdated
     FROM measures.estimate
     WHERE county = 'all' AND ($1::date IS NULL OR known_on <= $1)
     ORDER BY period, region, stratum, known_on DESC, made_at DESC`,
    [knownThen ?? null],
  );
  return rows;
}
