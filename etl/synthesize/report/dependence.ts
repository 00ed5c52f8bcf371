import { type List, lists } from '../agencies.ts';
import type { Tally } from '../tally.ts';

/** How two lists go together among all who experienced exploitation, noticed or not. */
export interface PairOfLists {
  readonly one: List;
  readonly two: List;
  readonly both: number;
  /** 1 if the lists were independent. */
  readonly oddsRatio: number;
  /** What two lists alone would estimate, taking them as independent: n1 × n2 / both. */
  readonly estimate: number;
}

export function pairsOfLists(tally: Tally): readonly PairOfLists[] {
  const noticedBy = [...tally.combinations].map(([key, n]) => ({ by: new Set(key.split(' ')), n }));
  const among = (test: (by: ReadonlySet<string>) => boolean): number =>
    noticedBy.reduce((sum, { by, n }) => (test(by) ? sum + n : sum), 0);
  const pairs: PairOfLists[] = [];
  lists.forEach((one, i) => {
    for (const two of lists.slice(i + 1)) {
      const both = among((by) => by.has(one) && by.has(two));
      const first = among((by) => by.has(one) && !by.has(two));
      const second = among((by) => !by.has(one) && by.has(two));
      const neither = among((by) => !by.has(one) && !by.has(two));
      if (both < 5) continue;
      const oddsRatio = (both * neither) / Math.max(1, first * second);
      pairs.push({
        one,
        two,
        both,
        oddsRatio,
        estimate: Math.round(((both + first) * (both + second)) / both),
      });
    }
  });
  return pairs;
}
