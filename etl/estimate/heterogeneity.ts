import { byNumberOfLists, type CaptureTable, persons, size } from './capture-table.ts';
import { logFactorial } from './distributions.ts';
import type { Status } from './model-fit.ts';
import { fitRegression, type Regression, type RegressionFit } from './poisson-regression.ts';

/**
 * The families in which lists differ (t) or not, and persons differ in how likely a list is to see them (h):
 * Poisson and Darroch give the heterogeneity one column, Gamma too; Chao's lower bound leaves the counts on three
 * or more lists free. Notation and columns as in Rivest & Baillargeon's work.
 */
export const FAMILIES = [
  'm0',
  'mt',
  'mh-chao',
  'mh-poisson2',
  'mh-darroch',
  'mh-gamma35',
  'mth-chao',
  'mth-poisson2',
  'mth-darroch',
  'mth-gamma35',
] as const;
export type Family = (typeof FAMILIES)[number];

export interface FamilyFit {
  readonly family: Family;
  readonly status: Status;
  readonly hidden: number;
  readonly logVariance: number;
  readonly deviance: number;
  readonly df: number;
  readonly aic: number;
  readonly bic: number;
  /** Columns of Chao's bound that were taken out because their effect came out negative. */
  readonly dropped: number;
}

export interface FamilyOptions {
  /** Keep negative effects in Chao's bounds, which then is exactly the closed form. By default they are dropped. */
  readonly keepNegative?: boolean;
  /** Fit the counts by number of lists instead of the full table: same estimate, deviance against f1, f2, … */
  readonly grouped?: boolean;
  /** Observe this many persons with the empty history too, for the profile likelihood of N. */
  readonly hidden?: number;
  /** Added to each count by its number of lists, down to zero: a correction for the bias of small tables. */
  readonly added?: (lists: number) => number;
}

export const HETEROGENEITY: Record<string, (lists: number) => number> = {
  poisson2: (lists) => 2 ** lists - 1,
  darroch: (lists) => lists ** 2 / 2,
  gamma35: (lists) => Math.log(3.5) - Math.log(lists + 3.5),
};

export function fitFamily(table: CaptureTable, family: Family, options: FamilyOptions = {}): FamilyFit {
  const counted = options.grouped === true ? groupedCounts(table) : tableCounts(table);
  const seen = options.added === undefined ? counted : withAdded(counted, options.added);
  const base = options.hidden === undefined ? seen : withEmptyHistory(seen, options.hidden);
  const [time, kind] = family.split('-');
  const byList = time === 'mt' || time === 'mth';
  if (byList && options.grouped === true) throw new RangeError('lists cannot differ in grouped counts');
  const intercept = base.counts.map(() => 1);
  const fixed = byList ? listColumns(table.lists.length, base.histories) : [Float64Array.from(base.lists)];
  const varying = kind === undefined ? [] : heterogeneityColumns(kind, base.lists, table.lists.length);
  const regression = { counts: base.counts, columns: [intercept, ...fixed, ...varying], offset: base.offset };
  const fixedColumns = 1 + fixed.length;
  const { fit, used, minusInfinite } =
    kind !== 'chao'
      ? { fit: fitRegression(regression), used: regression, minusInfinite: 0 }
      : options.keepNegative === true
        ? freeLevels(regression, fixedColumns, base.lists, table.lists.length)
        : withoutNegative(regression, fixedColumns);
  const p = used.columns.length + minusInfinite;
  return {
    family,
    status: fit.status,
    hidden: fit.status === 0 ? Math.exp(fit.coefficients[0]!) : Number.NaN,
    logVariance: fit.interceptVariance,
    deviance: fit.deviance,
    df: used.counts.length - used.columns.length,
    aic: -2 * fit.logLikelihood + 2 * p,
    bic: -2 * fit.logLikelihood + p * Math.log(persons(table)),
    dropped: kind === 'chao' ? regression.columns.length - p : 0,
  };
}

interface Base {
  readonly counts: Float64Array;
  /** The number of lists of each row. */
  readonly lists: readonly number[];
  readonly histories: readonly number[];
  readonly offset: Float64Array;
}

function tableCounts(table: CaptureTable): Base {
  const counts = table.counts.slice(1);
  const histories = Array.from(counts, (_, i) => i + 1);
  return { counts, lists: histories.map(size), histories, offset: new Float64Array(counts.length) };
}

function withAdded(base: Base, added: (lists: number) => number): Base {
  const counts = base.counts.map((count, i) => Math.max(0, count + added(base.lists[i]!)));
  return Object.assign({}, base, { counts });
}

function withEmptyHistory(base: Base, hidden: number): Base {
  return {
    counts: Float64Array.of(...base.counts, hidden),
    lists: [...base.lists, 0],
    histories: [...base.histories, 0],
    offset: Float64Array.of(...base.offset, 0),
  };
}

function groupedCounts(table: CaptureTable): Base {
  const k = table.lists.length;
  const lists = Array.from({ length: k }, (_, i) => i + 1);
  return {
    counts: Float64Array.from(byNumberOfLists(table).slice(1)),
    lists,
    histories: [],
    offset: Float64Array.from(lists, (i) => logFactorial(k) - logFactorial(i) - logFactorial(k - i)),
  };
}

function listColumns(lists: number, histories: readonly number[]): Float64Array[] {
  return Array.from({ length: lists }, (_, list) =>
    Float64Array.from(histories, (history) => (history >> list) & 1),
  );
}

function heterogeneityColumns(kind: string, lists: readonly number[], k: number): Float64Array[] {
  if (kind !== 'chao') return [Float64Array.from(lists, (number) => HETEROGENEITY[kind]!(number))];
  return Array.from({ length: Math.max(0, k - 2) }, (_, i) =>
    Float64Array.from(lists, (number) => Math.max(number - (i + 3) + 1, 0)),
  );
}

interface BoundFit {
  readonly fit: RegressionFit;
  readonly used: Regression;
  readonly minusInfinite: number;
}

/**
 * Chao's bound with its effects of either sign: the counts on three or more lists are then free, level by level, and
 * a level that nobody has is fitted as zero by an effect of −∞.
 */
function freeLevels(regression: Regression, fixed: number, lists: readonly number[], most: number): BoundFit {
  const frequencies = Array.from({ length: most + 1 }, () => 0);
  lists.forEach((level, i) => (frequencies[level]! += regression.counts[i]!));
  const levels = frequencies.map((_, level) => level).filter((level) => level >= 3);
  const seen = levels.filter((level) => frequencies[level]! > 0);
  const rows = lists.map((_, i) => i).filter((i) => lists[i]! < 3 || frequencies[lists[i]!]! > 0);
  const kept = (column: Float64Array): Float64Array => Float64Array.from(rows, (i) => column[i]!);
  const used = {
    counts: kept(regression.counts),
    columns: [
      ...regression.columns.slice(0, fixed).map(kept),
      ...seen.map((level) => Float64Array.from(rows, (i) => (lists[i] === level ? 1 : 0))),
    ],
    ...(regression.offset === undefined ? {} : { offset: kept(regression.offset) }),
  };
  return { fit: fitRegression(used), used, minusInfinite: levels.length - seen.length };
}

/** Takes out Chao's effects that are negative, the first of them each time, until none is. */
function withoutNegative(regression: Regression, fixed: number): BoundFit {
  let used = regression;
  for (;;) {
    const fit = fitRegression(used);
    const negative = fit.coefficients.findIndex((value, j) => j >= fixed && value < 0);
    // Where the estimate does not exist an effect runs off to −∞, and a lower bound without it may still exist.
    const out = fit.status === 0 ? negative : used.columns.length > fixed ? used.columns.length - 1 : -1;
    if (out < 0) return { fit, used, minusInfinite: 0 };
    const columns = used.columns.filter((_, j) => j !== out);
    used = Object.assign({}, used, { columns });
  }
}
