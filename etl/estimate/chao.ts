import { byNumberOfLists, type CaptureTable, persons } from './capture-table.ts';
import { normalQuantile } from './distributions.ts';
import type { PointInterval } from './two-lists.ts';

/**
 * Chao's lower bound: however differently persons are seen, at least f1²/2f2 were not. `poisson` takes the number of
 * lists as large, `occasions` as the k it is, `corrected` is free of the bias of small counts and needs no f2.
 */
export type ChaoKind = 'poisson' | 'occasions' | 'corrected';

export function chao(table: CaptureTable, kind: ChaoKind, level: number): PointInterval {
  const seen = persons(table);
  const lists = table.lists.length;
  const [, f1 = 0, f2 = 0] = byNumberOfLists(table);
  const share = kind === 'poisson' ? 1 : (lists - 1) / lists;
  const hidden =
    kind === 'corrected' ? (share * f1 * (f1 - 1)) / (2 * (f2 + 1)) : (share * f1 ** 2) / (2 * f2);
  const variance = kind === 'corrected' ? correctedVariance(f1, f2, share) : plainVariance(f1, f2, share);
  const reach = Math.exp(normalQuantile(0.5 + level / 2) * Math.sqrt(Math.log(1 + variance / hidden ** 2)));
  return {
    estimate: seen + hidden,
    se: Math.sqrt(variance),
    // Chao's log-normal interval: the number never seen cannot be negative, so the bounds are factors of it.
    lower: hidden > 0 ? seen + hidden / reach : seen,
    upper: hidden > 0 ? seen + hidden * reach : seen,
  };
}

function plainVariance(f1: number, f2: number, share: number): number {
  const ratio = f1 / f2;
  return f2 * ((share * share * ratio ** 4) / 4 + share * share * ratio ** 3 + (share * ratio ** 2) / 2);
}

function correctedVariance(f1: number, f2: number, share: number): number {
  return (
    (share * f1 * (f1 - 1)) / (2 * (f2 + 1)) +
    (share ** 2 * f1 * (f1 - 1) * (f1 ** 2 + 4 * f1 * f2 + 3 * f1 - 6 * f2 - 6)) /
      (4 * (f2 + 1) ** 2 * (f2 + 2))
  );
}
