/** What the pages with fixed pictures are made of: protected figures, already put in the shape of their charts. */
import type { Bar } from '../reports/charts/bar-interval.ts';
import type { Cell } from '../reports/charts/cell.ts';
import type { Curve } from '../reports/charts/curve.ts';
import type { Distribution } from '../reports/charts/distribution.ts';
import type { Comparison } from '../reports/charts/dot-comparison.ts';
import type { Flow } from '../reports/charts/flow.ts';
import type { Step } from '../reports/charts/funnel.ts';
import type { Matrix } from '../reports/charts/heat-matrix.ts';
import type { UpSet } from '../reports/charts/upset.ts';

export interface Picture<Data> {
  readonly id: string;
  readonly title: string;
  /** What it says, in one plain sentence. */
  readonly takeaway: string;
  /** The metric behind it. */
  readonly metric: string;
  readonly version: number;
  readonly footnotes: readonly string[];
  readonly data: Data;
}

export interface Headline {
  readonly label: string;
  readonly unit: string;
  readonly cell: Cell;
  readonly takeaway: string;
  readonly href: string;
}

/** One statewide figure of a group, for the page's table. */
export interface Line {
  readonly title: string;
  readonly metric: string;
  readonly unit: string;
  readonly cell: Cell;
  readonly href: string;
}

/** Everything that a release holds of a group of metrics, and what it does not. */
export interface Group {
  readonly period: string;
  readonly lines: readonly Line[];
  readonly bars: readonly Picture<readonly Bar[]>[];
  readonly distributions: readonly Picture<Distribution>[];
  readonly matrices: readonly Picture<Matrix>[];
  /** Metrics of the group that the release holds nothing of. */
  readonly absent: readonly { readonly id: string; readonly title: string }[];
}

export interface Pictures {
  readonly headlines: readonly Headline[];
  /** What is new or different since the release before, in plain sentences. */
  readonly changed: readonly string[];
  readonly combinations: Picture<UpSet> | undefined;
  readonly flows: Picture<Flow> | undefined;
  readonly crossover: Group;
  readonly prevalence:
    | {
        readonly comparison: Picture<Comparison>;
        /** Absent where the lists give no curve, or no estimate without any one of them. */
        readonly assumption: Picture<Curve> | undefined;
        readonly leaveOneOut: Picture<Comparison> | undefined;
      }
    | { readonly refused: string };
  readonly funnel: Picture<readonly Step[]> | undefined;
  readonly cascade: Group;
  readonly clocks: Group;
  readonly gaps: Group;
}
