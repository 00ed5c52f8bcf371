/** Operational counts as readers see them who did not send the rows: in bands, so that no two of them tell a small one. */
const bands: readonly (readonly [upTo: number, words: string])[] = [
  [0, '0'],
  [100, '1–100'],
  [1000, '101–1,000'],
  [10_000, '1,001–10,000'],
  [100_000, '10,001–100,000'],
  [1_000_000, '100,001–1,000,000'],
];

export function bandOf(count: number): string {
  return bands.find(([upTo]) => count <= upTo)?.[1] ?? 'more than 1,000,000';
}

/** The least count of its band, for machines: 0, 1, 101, 1001 … */
export function bandFloor(count: number): number {
  const at = bands.findIndex(([upTo]) => count <= upTo);
  const below = bands[(at === -1 ? bands.length : at) - 1];
  return below === undefined ? 0 : below[0] + 1;
}
