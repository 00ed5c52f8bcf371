import { FIT } from './estimate-reference.ts';

/** What to compare of a row: our value, the bar, and a remark where the two do not measure the same thing. */
export interface Check {
  readonly field: string;
  readonly ours: number | string;
  readonly reference?: number | string;
  readonly bar?: number;
  /** Why a difference is not a fault of ours. */
  readonly explanation?: string;
}

export type Outcome = { readonly outOfScope: string } | { readonly checks: readonly Check[] };

export function figures(values: Readonly<Record<string, number>>, bar = FIT): Check[] {
  return Object.entries(values).map(([field, ours]) => ({ field, ours, bar }));
}

export const NO_MLE =
  'ours is right: the existence programme shows that the estimate does not exist; the package stops its iteration on the way to a boundary, where the hidden number is zero';

export const STANDARD_ERROR =
  'ours is right: the package takes the variance from the weights of its last but one step, ours is at the converged estimate';
