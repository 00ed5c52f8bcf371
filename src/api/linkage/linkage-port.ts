import type { Permission } from '../../access/permit.ts';

/** What the API may learn of the linkage, by the claims of a permission. */
export interface LinkagePort {
  quality(permission: Permission): Promise<LinkageQuality | undefined>;
  queue(permission: Permission): Promise<readonly ReviewPair[]>;
  /** A pair that is not there for whoever speaks is answered as any other thing that is not there. */
  decide(
    permission: Permission,
    pair: string,
    opinion: { readonly same: boolean; readonly by: string },
  ): Promise<void>;
}

interface Share {
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
  readonly doubts: readonly string[];
  readonly drift: readonly string[];
}

export interface ReviewPair {
  readonly pair: string;
  readonly agencies: readonly [string, string];
  readonly weight: number | null;
  readonly prior: number | null;
  readonly steps: readonly { readonly field: string; readonly level: string; readonly weight: number }[];
  readonly state: string;
  readonly opinions: readonly { readonly by: string; readonly as: string; readonly same: boolean }[];
}
