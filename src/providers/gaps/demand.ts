/** What young people need, as the protected release says it: whatever it hides stays hidden here. */
import type { Told } from './told.ts';

export interface NeedDemand {
  readonly found: Told;
  readonly unmet: Told;
  /** In percent: needs for which nothing began within 30 days. */
  readonly late: Told;
}

/** What a wider place shows where the place itself does not. */
export interface StandIn {
  /** A region's code, or `state`. */
  readonly of: string;
  readonly told: Told;
}

export type StandIns = Partial<Readonly<Record<keyof NeedDemand, StandIn>>>;

export interface Demand {
  readonly release: number | undefined;
  readonly period: string | undefined;
  /** By branch of the tree. */
  readonly byArea: ReadonlyMap<string, NeedDemand>;
  /** Of all branches together, of which the place tells. */
  readonly all: NeedDemand | undefined;
  readonly beside: ReadonlyMap<string, StandIns>;
  /** Branches of which no table by county tells: a minor may consent to them alone. */
  readonly notByCounty: ReadonlySet<string>;
  /** How much of what is unmet each branch makes up, in the narrowest place that shows it. */
  readonly weight: ReadonlyMap<string, number>;
  /** Read from the county's own twin, and for its analysts alone. */
  readonly twin: boolean;
}
