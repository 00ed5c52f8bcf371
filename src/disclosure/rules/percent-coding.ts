/**
 * Top and bottom coding of percentages as in NCES 2011-603: the smaller the group, the wider the band in which
 * "nearly none" and "nearly all" are shown, so that no percentage tells that a single person is in or out.
 */
export type CodedPercent =
  | { readonly kind: 'hidden' }
  | { readonly kind: 'at-most' | 'at-least' | 'exactly'; readonly percent: number };

interface Band {
  readonly from: number;
  readonly edge: number;
}

/** The bands below 40 follow districts' published practice. */
const BANDS: readonly Band[] = [
  { from: 300, edge: 1 },
  { from: 100, edge: 2 },
  { from: 40, edge: 5 },
  { from: 20, edge: 10 },
  { from: 10, edge: 20 },
];

/** The percentage that may be shown for `count` of `n`; the totals themselves are not shown beside it. */
export function codedPercent(count: number, n: number): CodedPercent {
  const band = BANDS.find(({ from }) => n >= from);
  if (band === undefined) return { kind: 'hidden' };
  const share = (100 * count) / n;
  if (share <= band.edge) return { kind: 'at-most', percent: band.edge };
  if (share >= 100 - band.edge) return { kind: 'at-least', percent: 100 - band.edge };
  // A share just inside the band may round to its edge; it is coded with it rather than shown as exact.
  const rounded = Math.round(share);
  if (rounded <= band.edge) return { kind: 'at-most', percent: band.edge };
  if (rounded >= 100 - band.edge) return { kind: 'at-least', percent: 100 - band.edge };
  return { kind: 'exactly', percent: rounded };
}

export function printedPercent(coded: CodedPercent): string {
  if (coded.kind === 'hidden') return 'suppressed';
  const sign = { 'at-most': '≤', 'at-least': '≥', exactly: '' }[coded.kind];
  return `${sign}${coded.percent}%`;
}
