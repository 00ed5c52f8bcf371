/**
 * A release of a small made-up state as its readers get it, with what the public catalogue says of it: which numbers
 * add up to which. The attacker of the other files works with nothing else.
 */

import type { EarlierRelease } from '../../../src/disclosure/earlier.ts';
import { namedPolicy } from '../../../src/disclosure/policy.ts';
import { planRelease } from '../../../src/disclosure/release/plan-release.ts';
import {
  publicFigures,
  type ReleaseFigure,
  twinFigures,
} from '../../../src/disclosure/release/release-figures.ts';
import type { MadeUpState } from '../../support/made-up-candidate.ts';
import { QUICK } from '../../support/released.ts';
import type { Knowledge } from './attacker.ts';

export interface ReleasedState {
  readonly figures: readonly ReleaseFigure[];
  readonly twin: (county: string) => readonly ReleaseFigure[];
  /** What the steward would keep for the releases to come. */
  readonly asEarlier: EarlierRelease;
}

export async function released(
  state: MadeUpState,
  earlier: readonly EarlierRelease[] = [],
): Promise<ReleasedState> {
  const plan = await planRelease({
    figures: state.candidate.figures,
    metrics: state.metrics,
    hierarchies: [],
    policy: namedPolicy('calhhs-ddg-2'),
    earlier,
    effort: QUICK,
  });
  if (plan.refused) throw new Error(plan.reason);
  const { placed, table } = plan.linked;
  const hidden = new Set(plan.certificate.hidden);
  return {
    figures: publicFigures(placed, plan.isHidden),
    twin: (county) => twinFigures(placed, county),
    asEarlier: {
      release: String(earlier.length + 1),
      cells: table.cells.map(({ id, v, withheld }) => ({
        id,
        v,
        hidden: hidden.has(plan.audited.standsFor(id)),
        nonzero: plan.certificate.zeros === 'shown' && !withheld,
      })),
      eqs: table.eqs,
      atMost: table.atMost,
      insiders: table.insiders,
    },
  };
}

/** The attacker's own name for a number: by what is counted and where, so that tables that share it share the name. */
export function numberOf(quantity: string, { period, dims }: Pick<ReleaseFigure, 'period' | 'dims'>): string {
  const members = Object.entries(dims).filter(([, member]) => member !== 'all');
  return [quantity, period, ...members.map((pair) => pair.join(' is ')).toSorted()].join(', ');
}

/** Everything that the figures say, of counts that add up. */
export function readBy(
  figures: readonly ReleaseFigure[],
  quantity: (figure: ReleaseFigure) => string,
  floor: 0 | 1,
): Knowledge {
  const cells = new Map<string, number | null>();
  const sums = new Map<string, { total: string; parts: Set<string> }>();
  for (const figure of figures) {
    const what = quantity(figure);
    const own = numberOf(what, figure);
    cells.set(own, figure.numerator ?? cells.get(own) ?? null);
    for (const [dimension, member] of Object.entries(figure.dims)) {
      if (member === 'all') continue;
      const total = numberOf(what, { ...figure, dims: { ...figure.dims, [dimension]: 'all' } });
      const key = `${dimension} ${total}`;
      const sum = sums.get(key) ?? { total, parts: new Set() };
      sum.parts.add(own);
      sums.set(key, sum);
    }
  }
  return {
    cells: [...cells],
    sums: [...sums.values()].map(({ total, parts }) => [total, [...parts]]),
    floor,
  };
}
