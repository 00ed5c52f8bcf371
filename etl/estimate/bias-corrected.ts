import { type CaptureTable, overlaps, persons } from './capture-table.ts';
import { chao } from './chao.ts';
import { type Family, fitFamily, HETEROGENEITY } from './heterogeneity.ts';
import type { Status } from './model-fit.ts';
import { chapman, twoLists } from './two-lists.ts';

/**
 * Estimates of the families from frequencies corrected for the bias of small tables (Rivest & Lévesque 2001): a little
 * is added to the counts on one, two and three lists, or taken from them, before the model is fitted.
 */
export interface CorrectedFit {
  readonly status: Status;
  readonly estimate: number;
  readonly se: number;
}

/** No correction is known for lists and persons that differ with gamma heterogeneity. */
export type Correctable = Exclude<Family, 'mth-gamma35'>;

export function biasCorrected(table: CaptureTable, family: Correctable): CorrectedFit {
  const k = table.lists.length;
  if (family === 'mt')
    return k === 2 ? { status: 0, ...chapman(twoLists(table, 0, 1), 0.95) } : byList(table);
  if (family === 'mh-chao') return { status: 0, ...chao(table, 'corrected', 0.95) };
  const [one, two, three] = corrections(family, k);
  const { status, hidden, logVariance } = fitFamily(table, family, {
    grouped: !family.startsWith('mth'),
    added: (lists) => (lists === 1 ? one : lists === 2 ? two : lists === 3 ? three : 0),
  });
  return {
    status,
    estimate: persons(table) + hidden,
    se: Math.sqrt(hidden + hidden ** 2 * logVariance),
  };
}

/** What is added to the counts on one, two and three lists: whole frequencies for m0 and mh, single cells for mth. */
function corrections(family: Correctable, k: number): readonly [number, number, number] {
  switch (family) {
    case 'mth-chao':
      return [(k - 2) / (2 * k), 2 / (k * (k - 1)), 0];
    case 'mth-poisson2':
      return [(2 * k - 5) / (4 * k), 3 / (k * (k - 1)), 3 / (2 * k * (k - 1) * (k - 2))];
    case 'mth-darroch':
      return [(k - 3) / (2 * k), 4 / (k * (k - 1)), 0];
    case 'mh-poisson2':
    case 'mh-darroch':
    case 'mh-gamma35': {
      const h = HETEROGENEITY[family.slice('mh-'.length)]!;
      const c = (h(2) - 2 * h(1)) / (h(3) - 2 * h(2) + h(1));
      return [-(1 + c) / 2, 1 + c, (1 - c) / 2];
    }
    case 'm0':
    case 'mt':
    case 'mh-chao':
      return [-1 / 2, 1, 0];
  }
}

/** Lists that differ: the root of the likelihood equation in N, with corrected sizes (Seber 1982 for the variance). */
function byList(table: CaptureTable): CorrectedFit {
  const k = table.lists.length;
  const sums = overlaps(table);
  const seen = persons(table) + k / 2;
  const sizes = table.lists.map((_, list) => sums[1 << list]! + (k + 2) / (2 * k));
  const excess = (n: number): number =>
    sizes.reduce((product, size) => product * (1 - size / n), 1) - (1 - seen / n);
  let low = seen;
  let high = 2 * seen;
  while (excess(high) > 0 && high < 1e12) high *= 2;
  for (let i = 0; i < 200 && high - low > 1e-12 * high; i++) {
    const middle = (low + high) / 2;
    if (excess(middle) > 0) low = middle;
    else high = middle;
  }
  const information =
    1 / (low - seen) + (k - 1) / low - sizes.reduce((sum, size) => sum + 1 / (low - size), 0);
  return { status: 0, estimate: low - k / 2, se: 1 / Math.sqrt(information) };
}
