import type { CandidateFigure } from '../catalogue/candidate.ts';
import { placeKey } from '../catalogue/candidate.ts';
import type { DeclaredMetric } from '../catalogue/declared-metric.ts';
import { brokenDownBy, levelOf } from '../catalogue/level.ts';
import type { Hierarchy } from '../catalogue/lines.ts';
import { type LinkedTables, linkedTables, type PlacedFigure } from '../catalogue/linked-tables.ts';
import { finerThanTotals, tooSparse } from '../catalogue/too-sparse.ts';
import { refusedValues } from '../catalogue/value-rule.ts';
import type { Certificate } from '../certificate.ts';
import { type Contracted, contracted } from '../contract.ts';
import { type EarlierRelease, withEarlier } from '../earlier.ts';
import type { Policy } from '../policy.ts';
import { nothingSolved } from '../protect/plan.ts';
import { type Order, protect, type Refusal } from '../protect/protect.ts';
import { verifyCertificate } from '../verify.ts';
import { byPlace } from './release-figures.ts';

/**
 * How hard to look for fewer blanks. A release holds many components: what is spent on each is less than a single
 * table would be given.
 */
const EFFORT = { improve: 40_000, exactCells: 120, exact: 300_000, threads: 2 };

/** Everything that decides what a release shows. The same order always gives the same plan. */
export interface ReleaseOrder {
  /** Figures of closed periods only. */
  readonly figures: readonly CandidateFigure[];
  readonly metrics: ReadonlyMap<string, DeclaredMetric>;
  readonly hierarchies: readonly Hierarchy[];
  readonly policy: Policy;
  readonly earlier: readonly EarlierRelease[];
  readonly effort?: Order['effort'];
}

export interface ReleasePlan {
  readonly refused: false;
  readonly linked: LinkedTables;
  /** The cells of this release together with those of all before it: what the certificate is about. */
  readonly audited: Contracted;
  readonly certificate: Certificate;
  /** Statistics of values that no release may show. */
  readonly refusedValues: ReadonlySet<string>;
  /** Levels of detail of which no cell is shown: too sparse, or no choice of blanks makes them safe. */
  readonly leftOut: ReadonlySet<string>;
  readonly isHidden: (figure: PlacedFigure) => boolean;
}

/** Tries the declared tables; leaves out the finest levels that stand in the way; fails closed when nothing is left. */
export async function planRelease(order: ReleaseOrder): Promise<ReleasePlan | Refusal> {
  const { metrics, hierarchies, policy } = order;
  const figures = inOneOrder(order.figures);
  const sensitive = { sensitive: new Set(policy.sensitiveShares) };
  const all = linkedTables(figures, {
    metrics,
    hierarchies,
    threshold: policy.threshold,
    leftOut: new Set<string>(),
    ...sensitive,
  });
  const leftOut = tooSparse(all, policy);
  const solved = nothingSolved();
  for (;;) {
    const catalogue = { metrics, hierarchies, threshold: policy.threshold, leftOut, ...sensitive };
    const linked = leftOut.size === 0 ? all : linkedTables(figures, catalogue);
    const audited = contracted(withEarlier(linked.table, order.earlier));
    const result = await protect(audited.table, {
      policy,
      cost: 'values',
      effort: { ...EFFORT, ...order.effort },
      intervals: false,
      solved,
    });
    if (result.refused) {
      const worst = inTheWay(linked, audited, result.cells);
      if (worst.length === 0) return result;
      for (const level of worst) leftOut.add(level);
      continue;
    }
    const { certificate } = result;
    const gone = new Set(certificate.hidden);
    const isGone = ({ operands }: PlacedFigure): boolean =>
      operands.some((id) => gone.has(audited.standsFor(id)));
    const findings = verifyCertificate(audited.table, policy, certificate);
    if (findings.length > 0)
      throw new Error(`the certificate of a release does not hold: ${findings[0]?.code}`);
    // Of these no cell needs to be hidden to keep others safe: that they are is safe all the more.
    for (const level of finerThanTotals(linked.placed, linked.placed.filter(isGone))) leftOut.add(level);
    const values = refusedValues(linked.placed, metrics, policy.threshold);
    const isHidden = (one: PlacedFigure): boolean =>
      leftOut.has(levelOf(one.figure)) || values.has(placeKey(one.figure)) || isGone(one);
    // What was left out keeps its place among the figures, hidden.
    const placed = { ...linked, placed: all.placed };
    return { refused: false, linked: placed, audited, certificate, refusedValues: values, leftOut, isHidden };
  }
}

/** The same figures make the same release in whatever order they come, and however their members are listed. */
function inOneOrder(figures: readonly CandidateFigure[]): CandidateFigure[] {
  return figures
    .map((figure) => ({
      ...figure,
      dims: Object.fromEntries(Object.entries(figure.dims).toSorted(([a], [b]) => (a < b ? -1 : 1))),
    }))
    .toSorted(byPlace);
}

/** For each cell that cannot be protected, the finest level that holds it or what it is tied to by a sum. */
function inTheWay(
  { placed }: LinkedTables,
  { table, standsFor }: Contracted,
  unmet: readonly string[],
): string[] {
  const levels = new Map<string, { level: string; fineness: number }[]>();
  for (const { figure, operands } of placed)
    for (const id of operands.map(standsFor)) {
      const at = { level: levelOf(figure), fineness: brokenDownBy(figure.dims).length };
      const list = levels.get(id);
      if (list === undefined) levels.set(id, [at]);
      else list.push(at);
    }
  const finest = (ids: readonly string[]): string | undefined =>
    ids
      .flatMap((id) => levels.get(id) ?? [])
      .toSorted((a, b) => b.fineness - a.fineness || (a.level < b.level ? -1 : 1))[0]?.level;
  return [
    ...new Set(
      unmet.flatMap((id) => {
        const tied = (): string[] =>
          table.eqs.filter(([total, parts]) => total === id || parts.includes(id)).flat(2);
        return finest([id]) ?? finest(tied()) ?? [];
      }),
    ),
  ];
}
