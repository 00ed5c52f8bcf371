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
  /** The columns kept, for the profile likelihood. */
  readonly regression: Regression;
}

export interface FamilyOptions {
  /** Keep negative effects in Chao's bounds, which then is exactly the closed form. By default they are dropped. */
  readonly keepNegative?: boolean;
  /** Fit the counts by number of lists instead of the full table: same estimate, deviance against f1, f2, … */
  readonly grouped?: boolean;
}

const HETEROGENEITY: Record<string, (lists: number) => number> = {
  poisson2: (lists) => 2 ** lists - 1,
  darroch: (lists) => lists ** 2 / 2,
  gamma35: (lists) => Math.log(3.5) - Math.log(lists + 3.5),
};

export function fitFamily(table: CaptureTable, family: Family, options: FamilyOptions = {}): FamilyFit {
  const base = options.grouped === true ? groupedCounts(table) : tableCounts(table);
  const [time, kind] = family.split('-');
  const byList = time === 'mt' || time === 'mth';
  if (byList && options.grouped === true) throw new RangeError('lists cannot differ in grouped counts');
  const intercept = base.counts.map(() => 1);
  const fixed = byList ? listColumns(table.lists.length) : [Float64Array.from(base.lists)];
  const varying = kind === undefined ? [] : heterogeneityColumns(kind, base.lists, table.lists.length);
  const regression = { counts: base.counts, columns: [intercept, ...fixed, ...varying], offset: base.offset };
  const fixedColumns = 1 + fixed.length;
  const { fit, used } =
    kind === 'chao' && options.keepNegative !== true
      ? withoutNegative(regression, fixedColumns)
      : { fit: fitRegression(regression), used: regression };
  const p = used.columns.length;
  return {
    family,
    status: fit.status,
    hidden: fit.status === 0 ? Math.exp(fit.coefficients[0]!) : Number.NaN,
    logVariance: fit.interceptVariance,
    deviance: fit.deviance,
    df: used.counts.length - p,
    aic: -2 * fit.logLikelihood + 2 * p,
    bic: -2 * fit.logLikelihood + p * Math.log(persons(table)),
    dropped: regression.columns.length - p,
    regression: used,
  };
}

interface Base {
  readonly counts: Float64Array;
  /** The number of lists of each row. */
  readonly lists: readonly number[];
  readonly offset: Float64Array;
}

function tableCounts(table: CaptureTable): Base {
  const counts = table.counts.slice(1);
  return {
    counts,
    lists: Array.from(counts, (_, i) => size(i + 1)),
    offset: new Float64Array(counts.length),
  };
}

function groupedCounts(table: CaptureTable): Base {
  const k = table.lists.length;
  const lists = Array.from({ length: k }, (_, i) => i + 1);
  return {
    counts: Float64Array.from(byNumberOfLists(table).slice(1)),
    lists,
    offset: Float64Array.from(lists, (i) => logFactorial(k) - logFactorial(i) - logFactorial(k - i)),
  };
}

function listColumns(lists: number): Float64Array[] {
  return Array.from({ length: lists }, (_, list) =>
    Float64Array.from({ length: (1 << lists) - 1 }, (_, i) => ((i + 1) >> list) & 1),
  );
}

function heterogeneityColumns(kind: string, lists: readonly number[], k: number): Float64Array[] {
  if (kind !== 'chao') return [Float64Array.from(lists, HETEROGENEITY[kind]!)];
  return Array.from({ length: Math.max(0, k - 2) }, (_, i) =>
    Float64Array.from(lists, (number) => Math.max(number - (i + 3) + 1, 0)),
  );
}

/** Takes out Chao's effects that are negative, the first of them each time, until none is. */
function withoutNegative(regression: Regression, fixed: number): { fit: RegressionFit; used: Regression } {
  let used = regression;
  for (;;) {
    const fit = fitRegression(used);
    const negative = fit.coefficients.findIndex((value, j) => j >= fixed && value < 0);
    // Where the estimate does not exist an effect runs off to −∞, and a lower bound without it may still exist.
    const out = fit.status === 0 ? negative : used.columns.length > fixed ? used.columns.length - 1 : -1;
    if (out < 0) return { fit, used };
    used = { ...used, columns: used.columns.filter((_, j) => j !== out) };
  }
}
