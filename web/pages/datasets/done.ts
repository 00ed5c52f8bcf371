import type { Refused } from '../../../src/errors.ts';

/** What a form on the page of a request did: why it was refused, or the link that is shown this once. */
export interface Done {
  readonly refused?: Refused;
  readonly link?: { readonly address: string; readonly expiresAt: Date; readonly most: number } | undefined;
}
