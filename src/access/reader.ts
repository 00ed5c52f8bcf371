import type { Channel } from '../contracts/access-policy.ts';

/** Whoever asks, as far as the hub knows: one role at a time, with what it is held for. */
export interface Reader {
  /** Null for the public. */
  readonly person: string | null;
  readonly name: string | null;
  readonly role: string;
  readonly county: string | null;
  readonly agency: string | null;
  /** What the role is held for; the first is meant when the reader names none. */
  readonly purposes: readonly string[];
  /** Purposes that an agreement in force allows: the one that the role rests on, or any of the county's agencies. */
  readonly agreed: { readonly held: readonly string[]; readonly county: readonly string[] };
  readonly factors: 0 | 1 | 2;
  readonly channel: Channel;
  /** The role as it is held; null for the public. */
  readonly held: string | null;
  /** Operations that a token is good for; '*' for all that its role may. */
  readonly scopes: readonly string[];
}

export const anybody: Reader = {
  person: null,
  name: null,
  role: 'public',
  county: null,
  agency: null,
  purposes: ['prevention'],
  agreed: { held: [], county: [] },
  factors: 0,
  channel: 'anybody',
  held: null,
  scopes: ['*'],
};
