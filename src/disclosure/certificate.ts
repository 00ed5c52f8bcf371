import type { Bar, Policy } from './policy.ts';

/**
 * The proof that a release is safe, for whoever holds the facts: for everything that is owed it names possible
 * tables, each as its differences from the facts. It discloses the facts it is about: it is kept by the steward.
 */
export interface Certificate {
  readonly format: 'tessera-certificate/1';
  readonly policy: string;
  readonly threshold: number;
  readonly bar: Bar;
  readonly singletons: Policy['singletons'];
  /** Whether a reader knows that every zero is shown. */
  readonly zeros: 'shown' | 'hideable';
  /** Every cell that is not published. */
  readonly hidden: readonly string[];
  readonly hiddenFigures: readonly string[];
  /** Each possible table: pairs of a position in `hidden` and a difference. */
  readonly tables: readonly (readonly (readonly [at: number, by: number])[])[];
}
