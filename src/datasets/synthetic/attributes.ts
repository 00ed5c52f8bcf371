/**
 * What synthetic rows say besides, drawn for each row by itself from the state's own totals: nothing of it depends on where
 * somebody lives or who they are, so that none of it tells of anybody.
 */
import type { ReleaseFigure } from '../../disclosure/release/release-figures.ts';
import { isShown, releasedCounts } from './released-counts.ts';

export interface Attributes {
  readonly newness: string | null;
  readonly care_timing: string | null;
  readonly sources: readonly string[];
  readonly agree: boolean;
}

type Draw = () => number;

/** Where a release shows nothing of one, it is drawn from nothing: blank, or the plainest value that there is. */
export function attributesOf(figures: readonly ReleaseFigure[], period: string): (draw: Draw) => Attributes {
  const shares = (metric: string, dimension: string): readonly (readonly [string, number])[] =>
    releasedCounts(figures, metric, period)
      .filter(({ dimensions }) => dimensions.length === 1 && dimensions[0] === dimension)
      .flatMap(({ cells }) => [...cells.values()])
      .flatMap(({ members: [member = ''], count }) =>
        count === null || count === 0 ? [] : [[member, count] as const],
      );
  const newness = shares('newly_identified', 'newness');
  const timing = shares('identified_and_care', 'care_timing');
  const systems = shares('identified_by_source', 'system');
  const identified = releasedCounts(figures, 'identified', period).find(
    ({ dimensions }) => dimensions.length === 0,
  );
  const total = identified?.cells.get('')?.count ?? 0;
  const differ = figures.find(
    (one) => one.metric === 'agencies_differ' && one.tbl === 'all' && one.period === period && isShown(one),
  );
  return (draw) => {
    const heard = systems.filter(([, count]) => draw() * total < count).map(([system]) => system);
    const sources = heard.length > 0 ? heard : [one(systems, draw) ?? 'child_welfare'];
    return {
      newness: one(newness, draw) ?? null,
      care_timing: one(timing, draw) ?? null,
      sources,
      // Of one alone nobody differs, which is why the others differ more often.
      agree: draw() >= (differ?.value ?? 0) || sources.length === 1,
    };
  };
}

/** One of the members, as often as its count says. */
function one(shares: readonly (readonly [string, number])[], draw: Draw): string | undefined {
  let rest = draw() * shares.reduce((so, [, count]) => so + count, 0);
  for (const [member, count] of shares) {
    if (rest < count) return member;
    rest -= count;
  }
  return shares.at(-1)?.[0];
}
