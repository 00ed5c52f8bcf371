/** Linkage as its page shows it: counts, weights and opinions; no token, no filter, no value of a record. */

export interface Share {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
}

export interface LinkageQuality {
  readonly linkage: number;
  readonly kind: string;
  readonly threshold: number;
  readonly records: number;
  readonly persons: number;
  readonly precision: Share;
  readonly recall: Share;
  readonly reviewed: Share & { readonly pairs: number };
  readonly thresholds: readonly {
    readonly threshold: number;
    readonly links: number;
    readonly unlinkable: number;
  }[];
  readonly sizes: readonly { readonly records: number; readonly persons: number }[];
  readonly changes: Readonly<Record<string, number>>;
  readonly doubts: readonly string[];
  readonly drift: readonly string[];
}

export interface ReviewedPair {
  readonly pair: string;
  readonly agencies: readonly [string, string];
  readonly weight: number | null;
  readonly prior: number | null;
  readonly steps: readonly { readonly field: string; readonly level: string; readonly weight: number }[];
  readonly state: string;
  readonly opinions: readonly { readonly by: string; readonly as: string; readonly same: boolean }[];
}

export interface Opinion {
  readonly same: boolean;
  readonly by: string;
}
