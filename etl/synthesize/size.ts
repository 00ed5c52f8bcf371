/** How large a made-up state is. */
export interface Size {
  readonly people: number;
  readonly years: number;
  /** County codes or names of regions; none for the whole state. */
  readonly counties: readonly string[];
  /** The chance in ten thousand of a young person without hardship to experience exploitation before 18. */
  readonly rate: number;
}

/** Small sets have a higher rate than any real place, so that their tables hold enough to look at. */
export const sizes = {
  test: { people: 300, years: 3, counties: ['06001', '06037'], rate: 4000 },
  demo: { people: 40_000, years: 3, counties: ['bay', 'south'], rate: 500 },
  county: { people: 1_300_000, years: 3, counties: ['los-angeles'], rate: 80 },
  state: { people: 5_620_000, years: 3, counties: [], rate: 80 },
} as const satisfies Record<string, Size>;

export type SizeName = keyof typeof sizes;
